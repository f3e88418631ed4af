import type { Condition } from "@shangji/contracts/kit/condition";
import { testViewer } from "@shangji/testing/world";
import { describe, expect, test } from "vitest";
import { DomainError } from "../kit/domain-error.ts";
import { readerOf } from "../lists/question.ts";
import { opportunityFields as fields } from "../opportunities/fields.ts";
import { resolveCondition } from "./resolve-condition.ts";

const clock = { now: () => new Date("2026-11-02T08:30:00.000Z") };
const reader = readerOf({ viewer: testViewer(), clock, zone: "UTC" });

function faultsOf(condition: Condition, hidden: string[] = []) {
  try {
    resolveCondition(condition, { fields, hidden: new Set(hidden), reader, pointer: "/query/filter" });
    return [];
  } catch (error) {
    if (error instanceof DomainError) return error.errors;
    throw error;
  }
}

const cases: [name: string, condition: Condition, pointer: string, message: RegExp][] = [
  ["a field that there is not", { field: "colour", eq: "red" }, "/field", /not a known field/],
  ["a field of every object", { field: "constructor", exists: true }, "/field", /not a known field/],
  ["a prototype", { field: "__proto__", exists: true }, "/field", /not a known field/],
  ["an order of ids", { field: "ownerId", gt: "usr_1" }, "/gt", /eq, in, exists/],
  ["the beginning of a date", { field: "expectedCloseDate", startsWith: "2026" }, "/startsWith", /eq, gt/],
  ["a field that shows only", { field: "history", exists: true }, "/exists", /cannot select/],
  ["a word that is none of the field's", { field: "status", eq: "closed" }, "/eq", /open, won, lost/],
  ["one wrong value among right ones", { field: "status", in: ["open", "shut"] }, "/in/1", /open, won, lost/],
  ["a text as an amount", { field: "amountMinor", gte: "1000" }, "/gte", /whole number/],
  ["half a cent", { field: "amountMinor", gte: 0.5 }, "/gte", /whole number/],
  ["an amount beyond exactness", { field: "amountMinor", gte: 2 ** 53 }, "/gte", /whole number/],
  ["a day that there is not", { field: "expectedCloseDate", eq: "2026-02-30" }, "/eq", /must be a date/],
  ["a time as a date", { field: "expectedCloseDate", eq: "2026-02-03T00:00:00Z" }, "/eq", /must be a date/],
  ["a time that there is not", { field: "closedAt", lt: "2026-02-03T25:00:00Z" }, "/lt", /no time/],
  ["a period as an amount", { field: "amountMinor", gte: { start: "day" } }, "/gte", /whole number/],
  ["a period as a name", { field: "name", eq: { start: "day" } }, "/eq", /text/],
  ["a blank name", { field: "name", startsWith: "　 " }, "/startsWith", /blank/],
  ["a currency of what has none", { field: "name", currency: "CNY", exists: true }, "/currency", /amounts/],
];

describe("A4 a condition is refused at its fault", () => {
  test.each(cases)("%s", (_name, condition, pointer, message) => {
    expect(faultsOf({ all: [{ field: "name", exists: true }, { not: condition }] })).toEqual([
      { pointer: `/query/filter/all/1/not${pointer}`, message: expect.stringMatching(message) },
    ]);
  });

  test("all faults at once", () => {
    const wrong: Condition = {
      any: [
        { field: "x", eq: 1 },
        { field: "status", eq: "y", gt: "z" },
      ],
    };
    expect(faultsOf(wrong).map(({ pointer }) => pointer)).toEqual([
      "/query/filter/any/0/field",
      "/query/filter/any/1/eq",
      "/query/filter/any/1/gt",
    ]);
  });

  test("H2 a hidden field exactly as one that there is not", () => {
    const asked = (field: string): Condition => ({ all: [{ field, currency: "CNY", gte: 5, startsWith: "x" }] });
    const hidden = faultsOf(asked("amountMinor"), ["amountMinor"]);
    expect(hidden).toEqual(faultsOf(asked("noSuchField")));
    expect(hidden).toHaveLength(1);
  });
});
