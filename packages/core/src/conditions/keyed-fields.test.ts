import type { Condition } from "@shangji/contracts/kit/condition";
import { mostCustomFields } from "@shangji/contracts/leads/schemas";
import fc from "fast-check";
import { expect, test } from "vitest";
import { DomainError } from "../kit/domain-error.ts";
import { leadFields as fields } from "../leads/fields.ts";
import { fieldsLookedAtBy } from "../leads/fields-looked-at.ts";
import { matches } from "./matches.ts";
import { resolveCondition } from "./resolve-condition.ts";

const reader = { userId: "usr_1", teamIds: [], now: new Date("2026-11-02T08:30:00.000Z"), zone: "UTC" };

function meets(condition: Condition, custom?: object): boolean {
  const resolved = resolveCondition(condition, { fields, hidden: new Set(), reader, pointer: "" });
  return matches(resolved, custom ? { custom } : {}, "UTC");
}

function faultsOf(condition: Condition, hidden: string[] = []) {
  try {
    resolveCondition(condition, { fields, hidden: new Set(hidden), reader, pointer: "" });
    return [];
  } catch (error) {
    if (error instanceof DomainError) return error.errors;
    throw error;
  }
}

const custom = { seats: 40, plan: "ＰＲＯ plus", isTrial: true, budget: "1200.50", code: "007", big: "9".repeat(30) };

test.each<[Condition, boolean]>([
  [{ field: "custom.seats", gte: 40, lt: 41 }, true],
  [{ field: "custom.seats", in: [1, 40] }, true],
  [{ field: "custom.seats", eq: "40" }, false],
  [{ field: "custom.seats", startsWith: "4" }, false],
  [{ field: "custom.plan", eq: "pro  PLUS" }, true],
  [{ field: "custom.plan", startsWith: "pro" }, true],
  [{ field: "custom.plan", gt: 1 }, false],
  [{ field: "custom.plan", lt: 1 }, false],
  [{ field: "custom.isTrial", eq: true }, true],
  [{ field: "custom.isTrial", eq: "true" }, false],
  [{ field: "custom.isTrial", gte: 1 }, false],
  // As a form or a file gives it.
  [{ field: "custom.budget", gt: 1200 }, true],
  [{ field: "custom.budget", eq: 1200.5 }, true],
  [{ field: "custom.code", eq: "007" }, true],
  [{ field: "custom.code", eq: "7" }, false],
  [{ field: "custom.big", gt: 0 }, false],
  [{ field: "custom.none", exists: false }, true],
  [{ not: { field: "custom.none", eq: 1 } }, true],
  [{ field: "custom.toString", exists: true }, false],
])("B3 %j holds of a lead's own data: %s", (condition, expected) => {
  expect(meets(condition, custom)).toBe(expected);
});

test("B3 of a lead without own data no condition on it holds", () => {
  expect(meets({ field: "custom.seats", exists: false })).toBe(true);
  expect(meets({ field: "custom.seats", gt: 0 })).toBe(false);
});

test.each<[string, Condition, string, RegExp]>([
  ["a name that none can have", { field: "custom.a-b", exists: true }, "/field", /not a known field/],
  ["one that is deeper", { field: "custom.a.b", exists: true }, "/field", /not a known field/],
  ["a name that is too long", { field: `custom.${"a".repeat(41)}`, exists: true }, "/field", /not a known field/],
  ["parts of what has none", { field: "utm.source", exists: true }, "/field", /not a known field/],
  ["parts of a prototype", { field: "__proto__.a", exists: true }, "/field", /not a known field/],
  ["all of it", { field: "custom", exists: true }, "/exists", /cannot select/],
  ["an order of texts", { field: "custom.plan", gt: "a" }, "/gt", /must be a number/],
  ["a period", { field: "custom.plan", eq: { start: "day" } }, "/eq", /must be a text/],
  ["one of several", { field: "custom.plan", contains: "a" }, "/contains", /is not among/],
])("B3 %s is refused", (_, condition, place, message) => {
  expect(faultsOf(condition)).toEqual([{ pointer: place, message: expect.stringMatching(message) }]);
});

test("B3 whoever may not see own data may not select by any of it, and rules that look at it look at all of it", () => {
  const condition: Condition = {
    all: [
      { field: "custom.seats", gt: 1 },
      { field: "custom.plan", eq: "pro" },
    ],
  };
  expect(faultsOf(condition, ["custom"]).map(({ message }) => message)).toEqual(Array(2).fill("is not a known field"));
  expect([...fieldsLookedAtBy(condition)]).toEqual(["custom"]);
});

test("B3 equal values are found whatever they are, and nothing breaks", () => {
  const value = fc.oneof(
    fc.string({ minLength: 1, maxLength: 60 }).filter((text) => text.trim() !== ""),
    fc.double({ noNaN: true }),
    fc.boolean(),
  );
  const key = fc.stringMatching(/^[A-Za-z][A-Za-z0-9_]{0,39}$/);
  fc.assert(
    fc.property(fc.dictionary(key, value, { minKeys: 1, maxKeys: mostCustomFields }), (data) => {
      for (const [name, each] of Object.entries(data)) {
        expect(meets({ field: `custom.${name}`, eq: each }, data)).toBe(true);
        if (typeof each === "number") expect(meets({ field: `custom.${name}`, gte: each, lte: each }, data)).toBe(true);
      }
    }),
    { numRuns: 300 },
  );
});
