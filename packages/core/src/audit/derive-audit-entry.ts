import type { AuditEntry } from "@shangji/contracts/audit/schemas";
import { isDeletion, type RecordChange } from "../events/record-change.ts";
import { categoryOf } from "./category.ts";
import { fieldChanges } from "./field-changes.ts";

/**
 * What one write leaves in the trail: who, when, from where, why, and every field that it changed. Its id follows from
 * record and version, so the same write always gives the same entry. A write that makes no new version is none of a record.
 */
export function deriveAuditEntry(change: RecordChange): AuditEntry | undefined {
  const { kind, before, after } = change;
  if (before?.version === after.version) return undefined;
  const { actorId, keyId, at, source, requestId, command, reason } = after.change;
  const action = actionOf(change);
  return {
    id: `${after.id}.${after.version}`,
    at,
    actorId,
    ...(keyId === undefined ? {} : { keyId }),
    source,
    requestId,
    command,
    ...(reason === undefined ? {} : { reason }),
    category: categoryOf(kind),
    action,
    kind,
    recordId: after.id,
    version: after.version,
    // A deleted record has left its lanes; that is how it is stored and not what somebody did.
    changes: action === "deleted" ? [] : fieldChanges(before, after),
  };
}

function actionOf(change: RecordChange): "created" | "updated" | "deleted" {
  if (isDeletion(change)) return "deleted";
  return change.before ? "updated" : "created";
}
