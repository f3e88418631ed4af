import type { Condition } from "@shangji/contracts/kit/condition";
import { anyCondition, anyOpportunity, owners, teams } from "@shangji/testing/listed-world";
import { naivelyMeets } from "@shangji/testing/naive-condition";
import fc from "fast-check";
import { expect, test } from "vitest";
import { opportunityFields as fields } from "../opportunities/fields.ts";
import { matches } from "./matches.ts";
import type { Reader } from "./operator-tests.ts";
import { resolveCondition } from "./resolve-condition.ts";

const reader: Reader = {
  userId: owners[0] ?? "",
  teamId: teams[0],
  teamIds: teams.slice(0, 2),
  now: new Date("2026-11-02T08:30:00.000Z"),
  zone: "UTC",
};

function meets(condition: Condition, record: object, given: Partial<Reader> = {}): boolean {
  const known = { ...reader, ...given };
  const resolved = resolveCondition(condition, { fields, hidden: new Set(), reader: known, pointer: "" });
  return matches(resolved, record as Record<string, unknown>, known.zone); // any object can be read by name
}

test.each(["UTC", "Asia/Shanghai", "America/New_York"])(
  "A4 a condition holds of a record when the meaning of its operators says so, in %s",
  (zone) => {
    let [held, failed] = [0, 0];
    fc.assert(
      fc.property(anyCondition, anyOpportunity, (condition, record) => {
        const naive = { userId: reader.userId, teamId: teams[0] ?? "", teamIds: reader.teamIds, zone };
        const expected = naivelyMeets(condition, record, fields, naive);
        if (expected) held += 1;
        else failed += 1;
        expect(meets(condition, record, { zone })).toBe(expected);
      }),
      { numRuns: 3_000 },
    );
    // Else it would prove little.
    expect(Math.min(held, failed)).toBeGreaterThan(500);
  },
);

test("A4 a term about a missing value does not hold, and its opposite does", () => {
  const missing: Condition = { field: "expectedCloseDate", lt: "9999-12-31" };
  expect(meets(missing, {})).toBe(false);
  expect(meets({ not: missing }, {})).toBe(true);
  expect(meets({ field: "expectedCloseDate", exists: false }, {})).toBe(true);
  expect(meets({ field: "tags", exists: true }, { tags: [] })).toBe(false);
});

test("A4 amounts count in base currency, or in the currency that the term names", () => {
  const deal = { amountMinor: 700, currency: "USD", baseAmountMinor: 5_000 };
  expect(meets({ field: "amountMinor", gte: 5_000 }, deal)).toBe(true);
  expect(meets({ field: "amountMinor", currency: "USD", gte: 5_000 }, deal)).toBe(false);
  expect(meets({ field: "amountMinor", currency: "USD", eq: 700 }, deal)).toBe(true);
  expect(meets({ field: "amountMinor", currency: "CNY", exists: true }, deal)).toBe(false);
});

test("A4 a day is the organisation's day, also where clocks are changed", () => {
  // In New York the first of November 2026 has 25 hours.
  const on = (date: string, closedAt: string) =>
    meets({ field: "closedAt", eq: date }, { closedAt }, { zone: "America/New_York" });
  expect(on("2026-11-01", "2026-11-01T03:59:59.999Z")).toBe(false);
  expect(on("2026-11-01", "2026-11-01T04:00:00.000Z")).toBe(true);
  expect(on("2026-11-01", "2026-11-02T04:59:59.999Z")).toBe(true);
  expect(on("2026-11-01", "2026-11-02T05:00:00.000Z")).toBe(false);
});

test("A4 a day in the history of a record is the time at which it begins there, when a time is asked for", () => {
  const at = (eq: string, zone: string) => meets({ field: "closedAt", eq }, { closedAt: "2026-11-02" }, { zone });
  expect(at("2026-11-01T16:00:00.000Z", "Asia/Shanghai")).toBe(true);
  expect(at("2026-11-02T00:00:00.000Z", "Asia/Shanghai")).toBe(false);
  expect(at("2026-11-02T00:00:00.000Z", "UTC")).toBe(true);
});

test("A4 what is relative follows its reader and the day", () => {
  const mine: Condition = { field: "ownerId", eq: "me" };
  expect(meets(mine, { ownerId: owners[0] })).toBe(true);
  expect(meets(mine, { ownerId: owners[0] }, { userId: owners[1] ?? "" })).toBe(false);
  const ours: Condition = { field: "teamId", eq: "myTeam" };
  expect(meets(ours, { teamId: teams[0] })).toBe(true);
  expect(meets(ours, {}, { teamId: undefined })).toBe(false);
  expect(meets({ field: "teamId", in: ["myTeams"] }, { teamId: teams[1] })).toBe(true);
  const thisMonth: Condition = {
    field: "expectedCloseDate",
    gte: { start: "month" },
    lt: { start: "month", offset: 1 },
  };
  expect(meets(thisMonth, { expectedCloseDate: "2026-11-30" })).toBe(true);
  expect(meets(thisMonth, { expectedCloseDate: "2026-12-01" })).toBe(false);
  // In Shanghai it is the next day already.
  const now = new Date("2026-11-30T16:00:00.000Z");
  expect(meets(thisMonth, { expectedCloseDate: "2026-12-01" }, { now, zone: "Asia/Shanghai" })).toBe(true);
});
