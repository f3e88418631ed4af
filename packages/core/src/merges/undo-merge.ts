import type { Merge, Reversal } from "@shangji/contracts/merges/schemas";
import { hiddenFields } from "../access/field-rules.ts";
import { mayDo } from "../access/viewer.ts";
import { assertNotPooled } from "../accounts/assert-not-pooled.ts";
import { changedFields } from "../events/record-change.ts";
import { changeBy } from "../kit/context.ts";
import { DomainError, notFound } from "../kit/domain-error.ts";
import type { Stored, UniqueValue } from "../kit/record.ts";
import { assertVersion, revise } from "../kit/revise.ts";
import { allOf, heldAfter, isSame, orNull } from "./combine.ts";
import { type MergeDeps, unsettled } from "./merge-records.ts";
import type { Mergeable, MergeJournal } from "./ports.ts";

/** Which merge, of which record. */
export interface MergeTarget {
  entity: Merge["entity"];
  winnerId: string;
  mergeId: string;
}

/** A merge, for whoever may read its winner. @throws DomainError `not_found` */
export async function getMerge(
  { entity, winnerId, mergeId }: MergeTarget,
  { merges, records }: Pick<MergeDeps, "merges" | "records">,
): Promise<Stored<Merge>> {
  const [winner, merge] = await Promise.all([records.get(winnerId), merges.get(mergeId)]);
  if (!winner || merge?.winnerId !== winnerId || merge.entity !== entity) throw notFound();
  return merge;
}

/**
 * Undoes a merge in one transaction: both records have the content that they had, and what was moved goes back in a job. What
 * has come to the winner since stays with it. Fields of the winner that were changed since are kept or discarded as `edits` says.
 * @throws DomainError `not_found`, `forbidden`, `stale_version`, `conflict`, `pooled`, `merge_not_undoable`, `merge_unsettled`,
 * `edited_since_merge`, `duplicate_value`, `duplicate`
 */
export async function undoMerge(
  input: MergeTarget & Reversal & { expectedVersion?: number | undefined },
  deps: MergeDeps,
): Promise<Stored<Merge>> {
  const { entity, winnerId, mergeId, edits } = input;
  const { merges, records, viewer, context } = deps;
  const before = await getMerge(input, deps);
  assertVersion(before, input.expectedVersion);
  const [winner, journal] = await Promise.all([records.get(winnerId), merges.journalOf(mergeId)]);
  if (!winner) throw notFound();
  if (before.status === "undoing" || before.status === "undone")
    throw new DomainError("merge_not_undoable", "It was undone already.");
  // The journal goes with time, or earlier with the data of a person.
  if (!journal || before.undoableUntil < context.clock.now().toISOString())
    throw new DomainError("merge_not_undoable", "What the records were before is kept no more.");
  const may =
    mayDo(viewer, { entity, action: "update" }, winner) &&
    mayDo(viewer, { entity, action: "delete" }, journal.loser.before);
  if (!may) throw new DomainError("forbidden", "Your role does not cover both records.");
  assertNotPooled({ pool: winner.pool });
  if (await merges.isUnsettled(winnerId, mergeId)) throw unsettled();
  const edited = changedFields(journal.winner.after, winner);
  if (edited.length > 0 && edits === undefined) {
    const hidden = hiddenFields(viewer, entity);
    const failures = edited.filter((field) => !hidden.has(field)).map((field) => ({ field }));
    throw new DomainError("edited_since_merge", "Fields were changed since the merge.", { failures });
  }
  const stamp = { context, command: "undoMerge" };
  const kept = new Set(edits === "keep" ? edited : []);
  const after = revise(before, { status: "undoing" }, stamp);
  const restored: MergeJournal = {
    winner: { before: winner, after: revise(winner, winnerAgain(entity, winner, journal, kept), stamp) },
    loser: { before: journal.loser.after, after: loserAgain(journal, deps) },
  };
  await merges.undo({ before, after }, restored, context.claim);
  return after;
}

/** The winner as it was before the merge, as a patch of what it is now. */
function winnerAgain(
  entity: Merge["entity"],
  now: Mergeable,
  { winner, loser }: MergeJournal,
  kept: ReadonlySet<string>,
): Record<string, unknown> {
  const former = winner.before;
  const patch: Record<string, unknown> = {};
  for (const field of changedFields(former, now)) if (!kept.has(field)) patch[field] = former[field] ?? null;
  patch.phoneKey = (kept.has("phone") ? now.phoneKey : former.phoneKey) ?? null;
  const merged = { ...now, ...patch } as Mergeable; // fields of the same record
  const given = allOf(loser.before);
  const isGiven = (value: UniqueValue) =>
    given.some((one) => isSame(one, value)) && !(former.held ?? []).some((one) => isSame(one, value));
  const held = [...(now.held ?? []), ...(former.held ?? [])].filter((value) => !isGiven(value));
  const gone = new Set([loser.before.id, ...(loser.before.absorbed ?? []), ...(loser.before.leadIds ?? [])]);
  return {
    ...patch,
    held: orNull(heldAfter(entity, merged, held)),
    absorbed: orNull((now.absorbed ?? []).filter((id) => !gone.has(id))),
    leadIds: orNull((now.leadIds ?? []).filter((id) => !gone.has(id))),
  };
}

/** The loser as it was before the merge, at the version after the one that leads to the winner. */
function loserAgain({ loser }: MergeJournal, { context }: Pick<MergeDeps, "context">): Mergeable {
  const at = context.clock.now().toISOString();
  const version = loser.after.version + 1;
  return { ...loser.before, version, updatedAt: at, change: changeBy(context, "undoMerge", at) };
}
