import { sampleAccount, sampleLead, sampleOpportunity, sampleUser } from "@shangji/contracts/samples/records";
import { expect, test } from "vitest";
import type { ChangedRecord } from "../events/record-change.ts";
import { deriveEntries } from "./derive-entries.ts";

const at = "2026-11-05T02:10:00.000Z";
const change = { actorId: "usr_1", at, command: "test", source: "api", requestId: "r" } as const;
const record: ChangedRecord = { ...sampleOpportunity, change };
const digest = (text: string) => new Uint8Array(10).fill(text.length);
const next = (fields: object): ChangedRecord => ({ ...record, version: 2, ...fields });
const kindsOf = (after: ChangedRecord) =>
  deriveEntries({ kind: "opportunity", before: record, after }, digest).map(({ kind }) => kind);

test("creation, moves, hand-overs and deletion are on the timeline; other changes are not", () => {
  expect(deriveEntries({ kind: "opportunity", after: record }, digest)).toMatchObject([
    { kind: "created", recordId: record.id, actorId: "usr_1", at },
  ]);
  expect(kindsOf(next({ stageId: "stg_engaging01" }))).toEqual(["stage_changed"]);
  expect(kindsOf(next({ ownerId: "usr_2" }))).toEqual(["owner_changed"]);
  expect(kindsOf(next({ deletedAt: at, ownerId: undefined, stageId: undefined }))).toEqual(["deleted"]);
  expect(kindsOf(next({ name: "Other" }))).toEqual([]);
});

test("a move tells where from, where to and why", () => {
  const after = next({ stageId: "stg_lost000001", lostReason: "price", change: { ...change, reason: "no budget" } });
  const [entry] = deriveEntries({ kind: "opportunity", before: record, after }, digest);
  expect(entry?.details).toEqual({
    from: "stg_prospect01",
    to: "stg_lost000001",
    reason: "no budget",
    lostReason: "price",
  });
});

test("the same write gives the same ids, which sort by time", () => {
  const entries = () => deriveEntries({ kind: "account", after: { ...sampleAccount, change } }, digest);
  expect(entries()).toEqual(entries());
  const later = { ...sampleAccount, change: { ...change, at: "2026-11-05T02:10:00.001Z" } };
  const [second] = deriveEntries({ kind: "account", after: later }, digest);
  expect(String(second?.id) > String(entries()[0]?.id)).toBe(true);
  expect(second?.id).toMatch(/^[0-9A-HJKMNP-TV-Z]{26}$/);
});

test("people and products have no timeline", () => {
  expect(deriveEntries({ kind: "user", after: { ...sampleUser, change } }, digest)).toEqual([]);
});

test("B6 who has lost an account that was left alone is on its timeline, with the reason", () => {
  const account: ChangedRecord = { ...sampleAccount, change };
  const { ownerId: from, ...rest } = account;
  const pool = { poolId: "pool_1", at, reason: "recycled" };
  const detailsOf = (after: object) =>
    deriveEntries({ kind: "account", before: account, after: { ...rest, version: 2, ...after } }, digest)[0]?.details;
  expect(detailsOf({ pool })).toEqual({ from, reason: "recycled" });
  expect(detailsOf({ pool: { ...pool, reason: "no_need" } })).toEqual({ from });
});

test("B1 a lead's moves are on its timeline with their reason", () => {
  const lead: ChangedRecord = { ...sampleLead, change };
  const after = { ...lead, version: 2, status: "disqualified", statusReason: "spam" };
  expect(deriveEntries({ kind: "lead", before: lead, after }, digest)).toMatchObject([
    { kind: "status_changed", details: { from: "new", to: "disqualified", reason: "spam" } },
  ]);
});
