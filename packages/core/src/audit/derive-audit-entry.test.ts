import type { Change } from "@shangji/contracts/kit/primitives";
import {
  sampleAccount,
  sampleAuditEntry,
  sampleExport,
  sampleOpportunity,
  sampleUser,
} from "@shangji/contracts/samples/records";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { ChangedRecord } from "../events/record-change.ts";
import { deriveAuditEntry } from "./derive-audit-entry.ts";

const change: Change = {
  actorId: sampleUser.id,
  at: sampleAuditEntry.at,
  command: "updateOpportunity",
  source: "api",
  requestId: sampleAuditEntry.requestId,
};
const before: ChangedRecord = { ...sampleOpportunity, change };
const next = (fields: object): ChangedRecord => ({ ...before, version: 2, ...fields });
const changesOf = (fields: object) => deriveAuditEntry({ kind: "opportunity", before, after: next(fields) })?.changes;

test("H3 a change says who, when, from where, by which request, and each field's old and new value", () => {
  const after = next({ amountMinor: 98_000, source: "referral" });
  expect(deriveAuditEntry({ kind: "opportunity", before, after })).toEqual(sampleAuditEntry);
});

test("H3 a reason that was given is kept", () => {
  const after = next({ stageId: "stg_lost000001", change: { ...change, reason: "no budget" } });
  expect(deriveAuditEntry({ kind: "opportunity", before, after })).toMatchObject({ reason: "no budget" });
});

test("H3 a field that was cleared has no new value", () => {
  expect(changesOf({ industry: undefined })).toEqual([{ field: "industry", from: "technology" }]);
  expect(changesOf({ industry: null })).toEqual([{ field: "industry", from: "technology" }]);
});

test("H3 what every record carries is no change of its own, and equal values in another order are none", () => {
  expect(changesOf({ updatedAt: "2027-01-01T00:00:00.000Z", change: { ...change, actorId: "usr_2" } })).toEqual([]);
  const history = sampleOpportunity.history.map(({ stageId, enteredAt }) => ({ enteredAt, stageId }));
  expect(changesOf({ history })).toEqual([]);
});

test("H3 a new record is there with all its values", () => {
  const entry = deriveAuditEntry({ kind: "account", after: { ...sampleAccount, change } });
  expect(entry).toMatchObject({ action: "created", version: 1, kind: "account" });
  expect(Object.fromEntries(entry?.changes.map(({ field, to }) => [field, to]) ?? [])).toEqual({
    name: sampleAccount.name,
    industry: sampleAccount.industry,
    employees: sampleAccount.employees,
    contractEndsOn: sampleAccount.contractEndsOn,
    ownerId: sampleAccount.ownerId,
    teamId: sampleAccount.teamId,
    tags: sampleAccount.tags,
    externalId: sampleAccount.externalId,
  });
});

test("H3 a deletion is marked, and that the record has left its lanes is no change", () => {
  const { ownerId: _, teamId: __, stageId: ___, ...left } = next({ deletedAt: change.at });
  const entry = deriveAuditEntry({ kind: "opportunity", before, after: left as ChangedRecord }); // what the store leaves
  expect(entry).toMatchObject({ action: "deleted", version: 2, changes: [] });
});

test("H3 acts of administration can be told from daily work", () => {
  const categoryOf = (kind: string) => deriveAuditEntry({ kind, after: before })?.category;
  expect(["user", "team"].map(categoryOf)).toEqual(["access", "access"]);
  expect(["pipeline", "product", "organization"].map(categoryOf)).toEqual(Array(3).fill("configuration"));
  expect(["account", "opportunity", "note", "import", "unknown"].map(categoryOf)).toEqual(Array(5).fill("data"));
});

test("H3 one record and version give one id, another version another", () => {
  const idOf = (after: ChangedRecord) => deriveAuditEntry({ kind: "opportunity", before, after })?.id;
  expect(idOf(next({ name: "a" }))).toBe(idOf(next({ name: "b" })));
  expect(idOf(next({ version: 3 }))).not.toBe(idOf(next({})));
});

test("H3 a write that makes no new version is none of the record", () => {
  expect(deriveAuditEntry({ kind: "opportunity", before, after: { ...before, name: "x" } })).toBeUndefined();
});

test("H3 an entry fits into an item of the store whatever was written, and names every field", () => {
  const values = fc.dictionary(fc.string({ minLength: 1, maxLength: 20 }), fc.integer({ min: 0, max: 300_000 }), {
    minKeys: 1,
    maxKeys: 8,
  });
  fc.assert(
    fc.property(values, (sizes) => {
      const fields = Object.fromEntries(Object.entries(sizes).map(([name, size]) => [`x${name}`, "界".repeat(size)]));
      const changes = changesOf(fields) ?? [];
      expect(changes.map(({ field }) => field)).toEqual(Object.keys(fields).sort());
      expect(Buffer.byteLength(JSON.stringify(changes))).toBeLessThan(400_000);
    }),
    { numRuns: 30 },
  );
});

test("H3 of a change that is too large the small values stay", () => {
  expect(changesOf({ name: "small", notes: "x".repeat(200_000) })).toEqual([
    { field: "name", from: sampleOpportunity.name, to: "small" },
    { field: "notes", omitted: true },
  ]);
});

test("H7 whom a filter of contacts names is not told of, neither when it is made nor when it is cleared of them", () => {
  const filter = { field: "email", eq: "wang@example.com" };
  const order: ChangedRecord = { ...sampleExport, entity: "contact", filter, change };
  const created = deriveAuditEntry({ kind: "export", after: order });
  expect(created?.changes).toContainEqual({ field: "filter", to: { field: "email", eq: "…" } });
  const finished = { ...order, version: 2, rows: 1, filter: { field: "email", eq: "…" } };
  const entry = deriveAuditEntry({ kind: "export", before: order, after: finished });
  expect(entry?.changes).toEqual([{ field: "rows", from: 0, to: 1 }]);
});
