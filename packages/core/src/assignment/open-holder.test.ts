import { expect, test } from "vitest";
import type { ChangedRecord } from "../events/record-change.ts";
import { heldRecord } from "./open-holder.ts";

const change = { actorId: "system", at: "", command: "test", source: "api" as const, requestId: "" };
const lead = (fields: object): ChangedRecord => ({
  id: "lead_1",
  version: 2,
  createdAt: "",
  updatedAt: "",
  change,
  ...fields,
});
const held = { ownerId: "usr_a", status: "assigned" };

test.each([
  ["given to somebody", { status: "new" }, held, "usr_a"],
  ["added with an owner", undefined, held, "usr_a"],
  ["passed on", held, { ownerId: "usr_b", status: "assigned" }, "usr_b"],
  ["taken away", held, { status: "new" }, undefined],
  ["disqualified", held, { ...held, status: "disqualified" }, undefined],
  ["converted", held, { ...held, status: "converted" }, undefined],
  ["taken up again", { ...held, status: "disqualified" }, held, "usr_a"],
  ["deleted", held, { ...held, deletedAt: "2026-11-02" }, undefined],
  ["brought back", { ...held, deletedAt: "2026-11-02" }, held, "usr_a"],
  ["erased", held, { erasure: "dsr_1", ownerId: "usr_a", status: "assigned" }, undefined],
])("B3 a lead that is %s counts for who has it then", (_, before, after, userId) => {
  const each = { kind: "lead", after: lead(after), ...(before ? { before: lead(before) } : {}) };
  expect(heldRecord(each)).toEqual({ entity: "lead", id: "lead_1", version: 2, userId });
});

test.each([
  ["worked on", held, { ...held, status: "working" }],
  ["changed", held, { ...held, name: "other" }],
  ["added without an owner", undefined, { status: "new" }],
  ["passed on after its end", { ...held, status: "disqualified" }, { ownerId: "usr_b", status: "disqualified" }],
])("B3 a lead that is %s changes no count", (_, before, after) => {
  expect(heldRecord({ kind: "lead", after: lead(after), ...(before ? { before: lead(before) } : {}) })).toBeUndefined();
});

test("B5 an account counts for who has it, and no other kind of record counts", () => {
  const given = { kind: "account", before: lead({}), after: lead({ ownerId: "usr_a" }) };
  expect(heldRecord(given)).toEqual({ entity: "account", id: "lead_1", version: 2, userId: "usr_a" });
  expect(heldRecord({ kind: "contact", after: lead(held) })).toBeUndefined();
});
