import { isDeletion, isErasure, type RecordChange } from "../events/record-change.ts";
import { subjectOf } from "../protection/personal-data.ts";
import { categoryOf } from "./category.ts";
import { fieldChanges } from "./field-changes.ts";
import type { NewAuditEntry } from "./ports.ts";

/**
 * What one write leaves in the trail: who, when, from where, why, and every field that it changed. Its id follows from
 * record and version, so the same write always gives the same entry. A write that makes no new version is none of a record.
 */
export function deriveAuditEntry(change: RecordChange): NewAuditEntry | undefined {
  const { kind, before, after } = change;
  if (before?.version === after.version) return undefined;
  const { actorId, at, source, requestId, command, reason } = after.change;
  const action = actionOf(change);
  const subjectId = subjectOf(kind, after);
  return {
    id: `${after.id}.${after.version}`,
    at,
    actorId,
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
    changes: action === "deleted" || action === "erased" ? [] : fieldChanges(before, after),
    ...(subjectId === undefined ? {} : { subjectId }),
  };
}

function actionOf(change: RecordChange): "created" | "updated" | "deleted" | "erased" {
  if (isErasure(change)) return "erased";
  if (isDeletion(change)) return "deleted";
  return change.before ? "updated" : "created";
}
