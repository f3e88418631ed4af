import { events } from "@shangji/contracts/events";
import type { Change } from "@shangji/contracts/kit/primitives";
import {
  sampleAccount,
  sampleDataSubjectRequest,
  sampleDeactivation,
  sampleExport,
  sampleImport,
  sampleLead,
  sampleOpportunity,
} from "@shangji/contracts/samples/records";
import { expect, test } from "vitest";
import { deriveEvents } from "./derive-events.ts";
import type { ChangedRecord } from "./record-change.ts";

const change: Change = {
  actorId: "usr_1",
  at: "2026-11-05T02:10:00.000Z",
  command: "test",
  source: "import",
  requestId: "request-1",
};
const deps = { customer: "aurora", fingerprint: (text: string) => text };
const account: ChangedRecord = { ...sampleAccount, change };
const opportunity: ChangedRecord = { ...sampleOpportunity, change };
const next = (before: ChangedRecord, fields: object): ChangedRecord => ({ ...before, version: 2, ...fields });
const typesOf = (before: ChangedRecord, fields: object) =>
  deriveEvents({ kind: "opportunity", before, after: next(before, fields) }, deps).map(({ type }) => type);

test("a new record is one event with its data, its writer and its version", () => {
  expect(deriveEvents({ kind: "account", after: account }, deps)).toEqual([
    {
      id: `evt_${account.id}|1|account.created.v1`,
      type: "account.created.v1",
      occurredAt: change.at,
      customer: "aurora",
      actor: { id: "usr_1", source: "import" },
      sequence: 1,
      data: sampleAccount,
    },
  ]);
});

test("an update tells what the changed fields were, null where they were empty", () => {
  const after = next(account, { industry: "software", region: "East", tags: ["key account"], updatedAt: change.at });
  const [event] = deriveEvents({ kind: "account", before: account, after }, deps);
  expect(event?.previous).toEqual({ industry: "technology", region: null });
});

test("a write that changes no own field is no event", () => {
  const after = next(account, { updatedAt: change.at });
  expect(deriveEvents({ kind: "account", before: account, after }, deps)).toEqual([]);
});

test.each([
  ["scoring-rules", ["scoring_rules.changed.v1"]],
  ["response-policies", ["response_policies.changed.v1"]],
  ["organization-calendar", ["calendar.changed.v1"]],
  ["assignment-rules", []],
])("a setting whose changes others follow is an event each time: %s", (id, types) => {
  const { name: _, ...item } = account;
  const setting = { ...item, id } as ChangedRecord; // a setting has what is looked at
  const written = [{ after: setting }, { before: setting, after: next(setting, { policies: [] }) }];
  for (const each of written)
    expect(deriveEvents({ kind: "organization", ...each }, deps).map(({ type }) => type)).toEqual(types);
});

test("a deleted record is told with its last state, once", () => {
  const { ownerId: _, teamId: __, ...left } = account;
  const deleted = next(left as ChangedRecord, { deletedAt: change.at });
  const events = deriveEvents({ kind: "account", before: account, after: deleted }, deps);
  expect(events).toMatchObject([
    { type: "account.deleted.v1", sequence: 2, data: { ownerId: account.ownerId, name: account.name } },
  ]);
  expect(events[0]?.data).not.toHaveProperty("deletedAt");
  expect(deriveEvents({ kind: "account", before: deleted, after: { ...deleted, version: 3 } }, deps)).toEqual([]);
});

test("a move of the stage and a change of other fields are two events", () => {
  expect(typesOf(opportunity, { source: "referral" })).toEqual(["opportunity.updated.v1"]);
  expect(typesOf(opportunity, { stageId: "stg_engaging01" })).toEqual(["opportunity.stage_changed.v1"]);
  expect(typesOf(opportunity, { stageId: "stg_engaging01", amountMinor: 1 })).toEqual([
    "opportunity.updated.v1",
    "opportunity.stage_changed.v1",
  ]);
});

test("closing and reopening have events of their own", () => {
  const won = next(opportunity, { stageId: "stg_won0000001", status: "won" });
  expect(typesOf(opportunity, won)).toEqual(["opportunity.stage_changed.v1", "opportunity.won.v1"]);
  expect(typesOf(opportunity, { stageId: "stg_lost000001", status: "lost" })[1]).toBe("opportunity.lost.v1");
  expect(typesOf(won, { stageId: "stg_engaging01", status: "open" })[1]).toBe("opportunity.reopened.v1");
});

test.each([
  ["import", sampleImport, "completed", "import.completed.v1"],
  ["import", sampleImport, "failed", "import.failed.v1"],
  ["export", sampleExport, "completed", "export.completed.v1"],
  ["export", sampleExport, "failed", "export.failed.v1"],
  ["dataSubjectRequest", sampleDataSubjectRequest, "failed", "data_subject_request.failed.v1"],
  ["deactivation", sampleDeactivation, "completed", "user.handed_over.v1"],
  ["deactivation", sampleDeactivation, "failed", "user.hand_over_stopped.v1"],
  ["deactivation", sampleDeactivation, "superseded", "user.hand_over_stopped.v1"],
])("the end of work is told once: %s", (kind, record, status, type) => {
  const running: ChangedRecord = { ...record, status: "running", change };
  const ended = next(running, { status });
  const told = (before: ChangedRecord, after: ChangedRecord) => deriveEvents({ kind, before, after }, deps);
  expect(told(running, ended).map((event) => event.type)).toEqual([type]);
  const definition = events.find((event) => event.type === type);
  expect(definition?.schema.safeParse(told(running, ended)[0])).toMatchObject({ success: true });
  expect(told(ended, next(ended, { version: 3, hasErrors: false }))).toEqual([]);
  expect(told(running, next(running, { counts: {} }))).toEqual([]);
});

test("kinds that are not public have no events", () => {
  expect(deriveEvents({ kind: "somethingElse", after: account }, deps)).toEqual([]);
});

test("B1 a move of a lead's status and a change of its other fields are two events, each with what it tells of", () => {
  const lead: ChangedRecord = { ...sampleLead, change };
  const moved = { status: "disqualified", statusReason: "spam", statusChangedAt: change.at };
  const typesOfLead = (fields: object) =>
    deriveEvents({ kind: "lead", before: lead, after: next(lead, fields) }, deps).map(({ type, previous }) => [
      type,
      Object.keys(previous ?? {}).sort(),
    ]);
  expect(typesOfLead({ region: "North" })).toEqual([["lead.updated.v1", ["region"]]]);
  expect(typesOfLead({ ...moved, ownerId: "usr_2" })).toEqual([
    ["lead.updated.v1", ["ownerId"]],
    ["lead.status_changed.v1", ["status", "statusChangedAt", "statusReason"]],
  ]);
});

test("B5 an account that goes into a pool, or leaves it, is told of apart from its other fields", () => {
  const pool = { poolId: "pool_1", at: change.at };
  const { ownerId: _, ...nobodys } = { ...account, ownerId: undefined };
  const told = (before: ChangedRecord, after: ChangedRecord) =>
    deriveEvents({ kind: "account", before, after }, deps).map(({ type, previous }) => [type, previous]);
  const owned = { ...account, ownerId: "usr_2" };
  const pooled = { ...nobodys, version: 2, pool };
  expect(told(owned, pooled)).toEqual([
    ["account.updated.v1", { ownerId: "usr_2" }],
    ["account.pooled.v1", { pool: null }],
  ]);
  expect(told(pooled, { ...owned, version: 3 })).toEqual([
    ["account.updated.v1", { ownerId: null }],
    ["account.unpooled.v1", { pool }],
  ]);
  expect(told(pooled, { ...nobodys, version: 3 })).toEqual([["account.unpooled.v1", { pool }]]);
});
