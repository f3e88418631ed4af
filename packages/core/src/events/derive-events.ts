import type { EventEnvelope, EventType } from "@shangji/contracts";
import { decisionKind } from "@shangji/contracts/assignment/decision-kind";
import { clockKind } from "@shangji/contracts/assignment/lead-response";
import { isCountdownKind } from "@shangji/contracts/recycling/countdown";
import { responseEvents } from "../assignment/response/response-events.ts";
import { recyclingEvents } from "../recycling/recycling-events.ts";
import {
  type ChangedRecord,
  changedFields,
  isDeletion,
  isErasure,
  isRestoration,
  type RecordChange,
} from "./record-change.ts";

/** Makes a short text of a long one, the same each time. */
export type Fingerprint = (text: string) => string;

export interface DeriveEventsDeps {
  customer: string;
  fingerprint: Fingerprint;
}

/** What one write means to the world, in order; a write that changes no own field means nothing. */
export function deriveEvents(change: RecordChange, deps: DeriveEventsDeps): EventEnvelope[] {
  const { before, after } = change;
  const fields = before ? changedFields(before, after) : [];
  return typesOf(change, fields).map((type): EventEnvelope => {
    const previous = before && isUpdate(type) ? previousValues(before, fields.filter(belongsTo(type))) : undefined;
    return {
      id: `evt_${deps.fingerprint(`${after.id}|${after.version}|${type}`)}`,
      type,
      occurredAt: after.change.at,
      customer: deps.customer,
      actor: { id: after.change.actorId, source: after.change.source },
      sequence: after.version,
      data: dataOf(change),
      ...(previous ? { previous } : {}),
    };
  });
}

type Step = "created" | "updated" | "deleted" | "restored" | "erased";

/** Kinds whose events follow from what was done with the record as a whole. */
const plain: Readonly<Record<string, Partial<Record<Step, EventType>>>> = {
  account: {
    created: "account.created.v1",
    updated: "account.updated.v1",
    deleted: "account.deleted.v1",
    restored: "account.restored.v1",
  },
  contact: {
    created: "contact.created.v1",
    updated: "contact.updated.v1",
    deleted: "contact.deleted.v1",
    restored: "contact.restored.v1",
    erased: "contact.erased.v1",
  },
  product: { created: "product.created.v1", updated: "product.updated.v1" },
  user: { created: "user.created.v1", updated: "user.updated.v1", erased: "user.erased.v1" },
  team: { created: "team.created.v1", updated: "team.updated.v1" },
  pipeline: { created: "pipeline.created.v1", updated: "pipeline.defined.v1" },
  opportunity: {
    created: "opportunity.created.v1",
    deleted: "opportunity.deleted.v1",
    restored: "opportunity.restored.v1",
  },
  lead: {
    created: "lead.created.v1",
    updated: "lead.updated.v1",
    deleted: "lead.deleted.v1",
    restored: "lead.restored.v1",
    erased: "lead.erased.v1",
  },
  note: { created: "note.created.v1" },
};

/** Settings whose changes are events, by name. */
const settings: Readonly<Record<string, EventType>> = {
  "scoring-rules": "scoring_rules.changed.v1",
  "response-policies": "response_policies.changed.v1",
  "recycling-rules": "recycling_rules.changed.v1",
  "account-recycling-rules": "recycling_rules.changed.v1",
  "organization-calendar": "calendar.changed.v1",
};

function typesOf(change: RecordChange, fields: readonly string[]): EventType[] {
  const { kind, before, after } = change;
  if (kind === "organization") return listed(settings[after.id]);
  if (kind === "import") return importTypes(change);
  if (kind === "export") return exportTypes(change);
  if (kind === "dataSubjectRequest") return requestTypes(change);
  if (kind === "merge") return mergeTypes(change);
  if (kind === "deactivation") return deactivationTypes(change);
  if (kind === decisionKind) return before?.cause === after.cause ? [] : ["lead.unassigned.v1"];
  if (kind === clockKind) return responseEvents(change);
  if (isCountdownKind(kind)) return recyclingEvents(change, kind);
  const types = plain[kind];
  if (!types) return [];
  if (after.erasure !== undefined) return isErasure(change) ? listed(types.erased) : [];
  if (!before) return after.deletedAt === undefined ? listed(types.created) : [];
  if (isDeletion(change)) return listed(types.deleted);
  if (isRestoration(change)) return listed(types.restored);
  if (after.deletedAt !== undefined || fields.length === 0) return [];
  if (kind === "opportunity") return opportunityTypes(before, after, fields);
  if (kind === "lead") return leadTypes(before, after, fields);
  if (kind === "account") return accountTypes(after, fields);
  return listed(types.updated);
}

function listed(type: EventType | undefined): EventType[] {
  return type ? [type] : [];
}

/** Whether this write has brought a record to a status. */
function becomes({ before, after }: RecordChange, ...statuses: string[]): boolean {
  return before?.status !== after.status && statuses.includes(String(after.status));
}

function importTypes(change: RecordChange): EventType[] {
  if (becomes(change, "failed")) return ["import.failed.v1"];
  return becomes(change, "completed") ? ["import.completed.v1"] : [];
}

function exportTypes(change: RecordChange): EventType[] {
  if (!change.before) return ["export.created.v1"];
  if (becomes(change, "failed")) return ["export.failed.v1"];
  return becomes(change, "completed") ? ["export.completed.v1"] : [];
}

function requestTypes(change: RecordChange): EventType[] {
  if (!change.before) return ["data_subject_request.created.v1"];
  return becomes(change, "failed") ? ["data_subject_request.failed.v1"] : [];
}

function mergeTypes({ before, after }: RecordChange): EventType[] {
  if (!before) return ["merge.made.v1"];
  return after.status === "undoing" && before.status !== "undoing" ? ["merge.undone.v1"] : [];
}

function deactivationTypes(change: RecordChange): EventType[] {
  if (!change.before) return ["user.deactivated.v1"];
  if (becomes(change, "failed", "superseded")) return ["user.hand_over_stopped.v1"];
  return becomes(change, "completed") ? ["user.handed_over.v1"] : [];
}

/** Fields that only a move of the stage changes. */
const stageFields = new Set(["stageId", "status", "history", "closedAt", "firstClosedAt", "lostReason"]);

function opportunityTypes(before: ChangedRecord, after: ChangedRecord, fields: readonly string[]): EventType[] {
  const types: EventType[] = [];
  if (fields.some((field) => !stageFields.has(field))) types.push("opportunity.updated.v1");
  if (before.stageId !== after.stageId) types.push("opportunity.stage_changed.v1");
  if (before.status !== after.status) {
    if (after.status === "won") types.push("opportunity.won.v1");
    else if (after.status === "lost") types.push("opportunity.lost.v1");
    else types.push("opportunity.reopened.v1");
  }
  return types;
}

/** Fields that only a move of the status changes. */
const statusFields = new Set(["status", "statusReason", "statusChangedAt", "conversion", "pool"]);

function leadTypes(before: ChangedRecord, after: ChangedRecord, fields: readonly string[]): EventType[] {
  const types: EventType[] = [];
  if (fields.some((field) => !statusFields.has(field))) types.push("lead.updated.v1");
  if (before.status !== after.status) types.push("lead.status_changed.v1");
  return types;
}

/** The pool is told of apart: who follows fields of accounts need not hear of it. */
function accountTypes({ pool }: ChangedRecord, fields: readonly string[]): EventType[] {
  const types: EventType[] = [];
  if (fields.some((field) => field !== "pool")) types.push("account.updated.v1");
  if (fields.includes("pool")) types.push(pool === undefined ? "account.unpooled.v1" : "account.pooled.v1");
  return types;
}

function isUpdate(type: EventType): boolean {
  return !/\.(created|deleted|restored|erased|completed|failed|made|undone|deactivated|unassigned|changed|response_[a-z]+|recycle[a-z_]*)\./.test(
    type,
  );
}

/** A move tells of the fields of the stage, the status or the pool, an update of the others. */
function belongsTo(type: EventType): (field: string) => boolean {
  if (type.startsWith("lead.")) return (field) => statusFields.has(field) === (type !== "lead.updated.v1");
  if (type.startsWith("account.")) return (field) => (field === "pool") === (type !== "account.updated.v1");
  if (!type.startsWith("opportunity.")) return () => true;
  return (field) => stageFields.has(field) === (type !== "opportunity.updated.v1");
}

function previousValues(before: ChangedRecord, fields: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(fields.map((field) => [field, before[field] ?? null]));
}

/** The record as the API shows it; of a deleted one the last state, and of an erased one nothing. */
function dataOf({ before, after, ...change }: RecordChange): Record<string, unknown> {
  if (after.erasure !== undefined) {
    const { id, version, createdAt, updatedAt } = after;
    return { id, version, createdAt, updatedAt };
  }
  const record =
    before && isDeletion({ ...change, before, after })
      ? { ...before, version: after.version, updatedAt: after.updatedAt }
      : after;
  const { change: _, deletedAt: __, ...data } = record;
  return data;
}
