import { expect, test } from "vitest";
import type { ChangedRecord } from "../events/record-change.ts";
import { wonDeal } from "./won-deal.ts";

const change = { actorId: "system", at: "", command: "test", source: "api" as const, requestId: "" };
const deal = (fields: object): ChangedRecord => ({
  id: "opp_1",
  version: 2,
  createdAt: "",
  updatedAt: "",
  change,
  ...fields,
});
const won = { status: "won", accountId: "acc_a" };

test.each([
  ["won", { status: "open", accountId: "acc_a" }, won, "acc_a"],
  ["added as won", undefined, won, "acc_a"],
  ["moved to another account", won, { ...won, accountId: "acc_b" }, "acc_b"],
  ["taken from its account", won, { status: "won" }, undefined],
  ["taken up again", won, { ...won, status: "open" }, undefined],
  ["deleted", won, { ...won, deletedAt: "2026-11-02" }, undefined],
  ["brought back", { ...won, deletedAt: "2026-11-02" }, won, "acc_a"],
])("B5 a deal that is %s counts with whose it is won then", (_, before, after, accountId) => {
  const each = { kind: "opportunity", after: deal(after), ...(before ? { before: deal(before) } : {}) };
  expect(wonDeal(each)).toEqual({ dealId: "opp_1", version: 2, accountId });
});

test.each([
  ["lost", { ...won, status: "open" }, { ...won, status: "lost" }],
  ["changed", won, { ...won, name: "other" }],
  ["won with nobody", { status: "open" }, { status: "won" }],
])("B5 a deal that is %s changes no count", (_, before, after) => {
  expect(wonDeal({ kind: "opportunity", before: deal(before), after: deal(after) })).toBeUndefined();
  expect(wonDeal({ kind: "lead", after: deal(won) })).toBeUndefined();
});
