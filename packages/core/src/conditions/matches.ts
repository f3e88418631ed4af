import type { End, Resolved, Scalar, Test } from "./resolved.ts";
import { type Readable, valuesOf } from "./values-of.ts";

/**
 * Whether a record meets a condition. There are two answers only: a term about a missing value does not hold, unless it asks
 * whether the value is missing, and `not` turns any answer round. Of several values one must meet a term.
 */
export function matches(condition: Resolved, record: Readable, zone: string): boolean {
  switch (condition.form) {
    case "all":
      return condition.parts.every((part) => matches(part, record, zone));
    case "any":
      return condition.parts.some((part) => matches(part, record, zone));
    case "not":
      return !matches(condition.part, record, zone);
    case "term": {
      const values = valuesOf(record, condition.term, zone);
      return condition.term.tests.every((test) => meets(values, test));
    }
  }
}

function meets(values: readonly Scalar[], test: Test): boolean {
  switch (test.is) {
    case "in":
      return values.some((value) => test.values.has(value));
    case "within":
      return values.some((value) => isAfter(value, test.from) && isBefore(value, test.to));
    case "prefixed":
      return values.some((value) => typeof value === "string" && value.startsWith(test.text));
    case "present":
      return values.length > 0 === test.present;
  }
}

function isAfter(value: Scalar, end: End | undefined): boolean {
  return end === undefined || (isComparable(value, end) && value > end.value) || (end.inclusive && value === end.value);
}

function isBefore(value: Scalar, end: End | undefined): boolean {
  return end === undefined || (isComparable(value, end) && value < end.value) || (end.inclusive && value === end.value);
}

/** What is kept freely may be of any type. */
function isComparable(value: Scalar, end: End): boolean {
  return typeof value === typeof end.value;
}
