import { expect, test } from "vitest";
import { RecyclingRules } from "./rules.ts";

const poolId = "pool_01JD7Z3Q5V9W0X2Y4Z6A8B0C1D";
const term = { since: "touch", days: 14 };
const isTaken = (fields: object) =>
  RecyclingRules.safeParse({ rules: [{ id: "r", poolId, after: term, ...fields }] }).success;

test("B6 a rule names its days, its pool and its warnings, and nothing twice", () => {
  expect(isTaken({ warnDays: [7, 3, 1], protectDays: 5, when: { field: "region", eq: "East" } })).toBe(true);
  expect(isTaken({ warnDays: [3, 3] })).toBe(false);
  expect(isTaken({ warnDays: [0] })).toBe(false);
  expect(isTaken({ poolId: undefined })).toBe(false);
  expect(isTaken({ protectDays: -1 })).toBe(false);
  const twice = { rules: [1, 2].map(() => ({ id: "r", poolId, after: term })) };
  expect(RecyclingRules.safeParse(twice).success).toBe(false);
});

test("B6 terms stand alone, or in all or any of several, three deep and twenty in all", () => {
  const nested = (depth: number) => Array.from({ length: depth }).reduce<object>((inner) => ({ all: [inner] }), term);
  expect([isTaken({ after: nested(3) }), isTaken({ after: nested(4) })]).toEqual([true, false]);
  expect(isTaken({ after: { any: [term, { all: [term, { since: "assignment", days: 60 }] }] } })).toBe(true);
  const many = (count: number) => ({ any: Array.from({ length: count }, () => term) });
  expect([isTaken({ after: many(20) }), isTaken({ after: { all: [many(20), many(1)] } })]).toEqual([true, false]);
  const wrong = [{}, { all: [] }, { since: "touch" }, { days: 3 }, { ...term, all: [term] }, { all: [term], days: 2 }];
  for (const after of [...wrong, { since: "__proto__", days: 1 }, nested(10_000), "touch", null])
    expect([after, isTaken({ after })]).toEqual([after, false]);
});
