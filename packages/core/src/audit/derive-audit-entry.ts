import { decisionKind } from "@shangji/contracts/assignment/decision-kind";
import { clockKind } from "@shangji/contracts/assignment/lead-response";
import type { AuditEntry } from "@shangji/contracts/audit/schemas";
import { isCountdownKind } from "@shangji/contracts/recycling/countdown";
import { isDeletion, isErasure, isRestoration, type RecordChange } from "../events/record-change.ts";
import { subjectOf } from "../protection/personal-data.ts";
import { lasting } from "../protection/personal-filters.ts";
import { categoryOf } from "./category.ts";
import { deriveShareEntry } from "./derive-share-entry.ts";
import { fieldChanges } from "./field-changes.ts";
import type { NewAuditEntry } from "./ports.ts";
import { stampOf } from "./stamp.ts";

/**
 * What one write leaves in the trail: who, when, from where, why, and every field that it changed. Its id follows from
 * record and version, so the same write always gives the same entry. A write that makes no new version is none of a record.
 */
export function deriveAuditEntry(change: RecordChange): NewAuditEntry | undefined {
  const { kind, before, after } = change;
  // Decisions, clocks and countdowns are no records: what they do to a record is in its own history.
  if (kind === decisionKind || kind === clockKind || isCountdownKind(kind)) return undefined;
  if (kind === "share") return deriveShareEntry(change);
  if (before?.version === after.version) return undefined;
  const action = actionOf(change);
  const subjectId = subjectOf(kind, after);
  const mergedIds = mergedInto(subjectId, change);
  return {
    id: `${after.id}.${after.version}`,
    ...stampOf(after.change),
    category: categoryOf(kind),
    action,
    kind,
    recordId: after.id,
    version: after.version,
    // What a deletion, a merge or an erasure leaves of the record is how it is stored, and not what somebody did to its fields.
    changes: withoutFields.has(action) ? [] : fieldChanges(lasting(kind, before), lasting(kind, after)),
    ...(subjectId === undefined ? {} : { subjectId }),
    ...(mergedIds.length === 0 ? {} : { mergedIds }),
  };
}

/** Who is part of a person's record, or was until this change. */
function mergedInto(subjectId: string | undefined, { before, after }: RecordChange): string[] {
  if (subjectId !== after.id) return [];
  return [...new Set([...(before?.absorbed ?? []), ...(after.absorbed ?? [])])];
}

const withoutFields: ReadonlySet<string> = new Set(["deleted", "merged", "unmerged", "erased"]);

function actionOf(change: RecordChange): Exclude<AuditEntry["action"], "shared" | "share_ended" | "signed_in"> {
  if (isErasure(change)) return "erased";
  if (isDeletion(change)) return change.after.mergedInto === undefined ? "deleted" : "merged";
  if (isRestoration(change)) return change.before?.mergedInto === undefined ? "restored" : "unmerged";
  return change.before ? "updated" : "created";
}
