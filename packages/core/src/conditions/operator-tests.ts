import type { Condition, ConditionValue, Operator } from "@shangji/contracts/kit/condition";
import { foldName } from "../kit/fold.ts";
import { dateIn, startOf } from "../kit/zone.ts";
import type { Field } from "./field.ts";
import { periodStart } from "./period-start.ts";
import type { End, Scalar, Test } from "./resolved.ts";

/** For whom and when a condition is worked out. */
export interface Reader {
  userId: string;
  teamId?: string | undefined;
  /** The reader's own team and those that the reader leads. */
  teamIds: readonly string[];
  now: Date;
  /** IANA zone of the organisation, in which its days begin. */
  zone: string;
}

/** A value that its field cannot have; `index` is its place in a list. */
export class WrongValue extends Error {
  readonly index: number | undefined;

  constructor(message: string, index?: number) {
    super(message);
    this.index = index;
  }
}

interface Given {
  field: Field;
  reader: Reader;
}

/** What one operator of a term asks of the values of a field. @throws WrongValue */
export function testsOf(operator: Operator, value: Condition[Operator], given: Given): Test[] {
  if (operator === "exists") return [{ is: "present", present: value === true }];
  if (operator === "startsWith") return [{ is: "prefixed", text: folded(String(value)) }];
  if (operator === "in") return [{ is: "in", values: setOf(value as ConditionValue[], given) }]; // `in` takes a list
  const one = value as ConditionValue; // the others take one value
  if (given.field.kind === "instant") return [instantRange(operator, one, given.reader)];
  if (operator === "eq" || operator === "contains") return [{ is: "in", values: setOf([one], given, false) }];
  if (given.field.kind === "free" && typeof one !== "number") throw new WrongValue("must be a number");
  const [only] = scalars(one, given);
  return [rangeFrom(operator, only as string | number)]; // fields with an order have no flags
}

function setOf(values: readonly ConditionValue[], given: Given, isList = true): ReadonlySet<Scalar> {
  return new Set(
    values.flatMap((value, index) => {
      try {
        return scalars(value, given);
      } catch (error) {
        if (error instanceof WrongValue && isList) throw new WrongValue(error.message, index);
        throw error;
      }
    }),
  );
}

/** The values that a written one stands for: `myTeams` may be several, `myTeam` none. */
function scalars(value: ConditionValue, { field, reader }: Given): Scalar[] {
  switch (field.kind) {
    case "user":
      return [value === "me" ? reader.userId : text(value)];
    case "team":
      if (value === "myTeam") return reader.teamId === undefined ? [] : [reader.teamId];
      return value === "myTeams" ? [...reader.teamIds] : [text(value)];
    case "token":
    case "tokens":
      if (field.values && !field.values.includes(text(value)))
        throw new WrongValue(`must be one of ${field.values.join(", ")}`);
      return [text(value)];
    case "text":
    case "texts":
      return [folded(text(value))];
    case "number":
      if (typeof value !== "number") throw new WrongValue("must be a number");
      return [value];
    case "money":
      if (!Number.isSafeInteger(value)) throw new WrongValue("must be an amount in minor units, a whole number");
      return [value as number]; // just checked
    case "free":
      return [freely(value)];
    case "flag":
      if (typeof value !== "boolean") throw new WrongValue("must be true or false");
      return [value];
    default:
      return [dateOf(value, reader)];
  }
}

function freely(value: ConditionValue): Scalar {
  return typeof value === "number" || typeof value === "boolean" ? value : folded(text(value));
}

function text(value: ConditionValue): string {
  if (typeof value !== "string" || value === "") throw new WrongValue("must be a text");
  return value;
}

function folded(value: string): string {
  const fold = foldName(value);
  if (fold === "") throw new WrongValue("must not be blank");
  return fold;
}

const datePattern = /^\d{4}-\d{2}-\d{2}$/;
const instantPattern = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?Z$/;

function dateOf(value: ConditionValue, { now, zone }: Reader): string {
  if (typeof value === "object") return periodStart(dateIn(zone, now.toISOString()), value);
  if (typeof value === "string" && datePattern.test(value) && isDate(value)) return value;
  throw new WrongValue("must be a date, YYYY-MM-DD, or the start of a period");
}

/** Not one that counts on into the next month, such as 2026-02-30. */
function isDate(value: string): boolean {
  const at = Date.parse(value);
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(value);
}

/** A date is the whole of its day: what is after it begins with the next one. */
function instantRange(operator: Operator, value: ConditionValue, reader: Reader): Test {
  if (typeof value === "string" && instantPattern.test(value)) {
    const at = Date.parse(value);
    if (Number.isNaN(at)) throw new WrongValue("is no time that there is");
    const end = { value: new Date(at).toISOString(), inclusive: true };
    return operator === "eq" ? { is: "within", from: end, to: end } : rangeFrom(operator, end.value);
  }
  const date = dateOf(value, reader);
  const start: End = { value: startOf(reader.zone, date), inclusive: true };
  const next = startOf(reader.zone, periodStart(date, { start: "day", offset: 1 }));
  const end: End = { value: next, inclusive: false };
  switch (operator) {
    case "gt":
      return { is: "within", from: { value: next, inclusive: true } };
    case "gte":
      return { is: "within", from: start };
    case "lt":
      return { is: "within", to: { ...start, inclusive: false } };
    case "lte":
      return { is: "within", to: end };
    default:
      return { is: "within", from: start, to: end };
  }
}

function rangeFrom(operator: Operator, value: string | number): Test {
  const end: End = { value, inclusive: operator === "gte" || operator === "lte" };
  return operator.startsWith("g") ? { is: "within", from: end } : { is: "within", to: end };
}
