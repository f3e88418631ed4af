import { isObject } from "../../template/assembly.ts";
import { type Json, type JsonObject, TemplateError } from "../../template/deployment.ts";
import { compileMatcher, type Matcher } from "./value-matcher.ts";

/** Whether an event matches a pattern. */
export type EventTest = (event: Json) => boolean;

/**
 * Compiles an event pattern of EventBridge, which the filters of event source mappings use too. Every field must
 * match; a list is satisfied by any of its entries; `$or` by any of its patterns. Throws a `TemplateError` for a
 * pattern which AWS refuses, or which uses an operator that is not known here.
 * See https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-patterns-content-based-filtering.html
 */
export function compileEventPattern(pattern: Json): EventTest {
  if (!isObject(pattern)) throw new TemplateError(`an event pattern is an object, not ${JSON.stringify(pattern)}`);
  return compileObject(pattern);
}

function compileObject(pattern: JsonObject): EventTest {
  const tests = Object.entries(pattern).map(([field, expected]): EventTest => {
    if (field === "$or" && Array.isArray(expected)) return compileOr(expected);
    if (Array.isArray(expected)) {
      const test = compileLeaf(expected);
      return (event) => test(isObject(event) ? event[field] : undefined);
    }
    if (isObject(expected)) {
      const test = compileObject(expected);
      return (event) => matchesInside(isObject(event) ? event[field] : undefined, test);
    }
    throw new TemplateError(`event pattern: ${field} must be a list or an object, not ${JSON.stringify(expected)}`);
  });
  if (tests.length === 0) throw new TemplateError("event pattern: an empty object matches nothing");
  return (event) => tests.every((test) => test(event));
}

function compileOr(alternatives: readonly Json[]): EventTest {
  if (alternatives.length < 2) throw new TemplateError("event pattern: $or needs at least two patterns");
  const tests = alternatives.map(compileEventPattern);
  return (event) => tests.some((test) => test(event));
}

/** An object inside a list is enough, but all fields of the pattern must match the same one. */
function matchesInside(value: Json | undefined, test: EventTest): boolean {
  if (Array.isArray(value)) return value.some((entry: Json) => matchesInside(entry, test));
  // An absent object still satisfies `exists: false` on a field below it.
  return test(value ?? {});
}

function compileLeaf(entries: readonly Json[]): (value: Json | undefined) => boolean {
  if (entries.length === 0) throw new TemplateError("event pattern: an empty list matches nothing");
  const matchers = entries.map(compileMatcher);
  return (value) => {
    const leaves = leavesOf(value);
    return matchers.some((matcher) => matchesLeaf(matcher, leaves));
  };
}

function matchesLeaf(matcher: Matcher, leaves: readonly Json[]): boolean {
  if (matcher.exists !== undefined) return leaves.length > 0 === matcher.exists;
  return leaves.some(matcher.test);
}

/** The scalars that a field holds: itself or, for a list, its entries. An object is no leaf: to AWS the field is absent. */
function leavesOf(value: Json | undefined): readonly Json[] {
  if (value === undefined || isObject(value)) return [];
  return Array.isArray(value) ? value.flatMap((entry: Json) => leavesOf(entry)) : [value];
}
