import { type Merge, undoableDays } from "@shangji/contracts/merges/schemas";
import { assertMayGive } from "../access/guard-records.ts";
import { mayDo, type Viewer } from "../access/viewer.ts";
import { assertNotPooled } from "../accounts/assert-not-pooled.ts";
import { type CallContext, changeBy } from "../kit/context.ts";
import { DomainError, notFound, unknownReference } from "../kit/domain-error.ts";
import { newRecord } from "../kit/new-record.ts";
import type { Stored } from "../kit/record.ts";
import { assertVersion, revise } from "../kit/revise.ts";
import { type Choices, combine, type Pair } from "./combine.ts";
import type { Mergeable, MergedEntity, Merges } from "./ports.ts";

export interface MergeDeps {
  merges: Merges;
  /** Accounts or contacts, as the caller sees them. */
  records: { get(id: string): Promise<Mergeable | undefined> };
  viewer: Viewer;
  context: CallContext;
}

/** What one record may take in: a timeline is read from all of them at once. */
const mostAbsorbed = 50;

/**
 * Merges one record into another in one transaction: the winner gets what `fields` chooses, the loser's id leads to it from
 * then on, and what belongs to the loser follows in a job. Needs the right to change the winner and to delete the loser.
 * @throws DomainError `not_found`, `unknown_reference`, `forbidden`, `invalid_request`, `stale_version`, `conflict`, `pooled`,
 * `merge_unsettled`, `too_many_merged`, `duplicate_value`, `duplicate`
 */
export async function mergeRecords(
  input: {
    entity: MergedEntity;
    winnerId: string;
    loserId: string;
    fields: Choices;
    expectedVersion?: number | undefined;
  },
  deps: MergeDeps,
): Promise<Stored<Merge>> {
  const { entity, winnerId, loserId } = input;
  const { merges, viewer, context } = deps;
  const before = await readPair(input, deps);
  assertVersion(before.winner, input.expectedVersion);
  assertNotPooled({ pool: before.winner.pool });
  assertNotPooled({ pool: before.loser.pool });
  if (await merges.isUnsettled(loserId)) throw unsettled();
  const patch = combine(entity, before, input.fields);
  if (Array.isArray(patch.absorbed) && patch.absorbed.length > mostAbsorbed)
    throw new DomainError("too_many_merged", `A record takes in ${mostAbsorbed} others at most.`);
  if (entity === "account") patch.parentId = await parentAfter(before, patch.parentId, deps);
  const command = "mergeRecords";
  const at = context.clock.now();
  const merge = newRecord<Merge>(
    "merge",
    {
      entity,
      winnerId,
      loserId,
      status: "moving",
      mergedBy: context.actor.userId,
      undoableUntil: new Date(at.getTime() + undoableDays * 86_400_000).toISOString(),
    },
    { context, command },
  );
  const winner = { before: before.winner, after: revise(before.winner, patch, { context, command }) };
  assertMayGive(viewer, entity, winner);
  const loser = { before: before.loser, after: redirectTo(winnerId, before.loser, context) };
  await merges.make(merge, { winner, loser }, context.claim);
  return merge;
}

async function readPair(
  { entity, winnerId, loserId }: { entity: MergedEntity; winnerId: string; loserId: string },
  { records, viewer }: MergeDeps,
): Promise<Pair> {
  const [winner, loser] = await Promise.all([records.get(winnerId), records.get(loserId)]);
  if (!winner) throw notFound();
  if (winnerId === loserId) throw wrongLoser("is the record itself");
  if (!loser) throw unknownReference("/body/loserId", loserId);
  const may = mayDo(viewer, { entity, action: "update" }, winner) && mayDo(viewer, { entity, action: "delete" }, loser);
  if (!may) throw new DomainError("forbidden", "Your role does not cover both records.");
  return { winner, loser };
}

/** What is left of a merged record: that it was there, and where its id leads. */
function redirectTo(winnerId: string, { id, version, createdAt }: Mergeable, context: CallContext): Mergeable {
  const at = context.clock.now().toISOString();
  const left = { id, version: version + 1, createdAt, updatedAt: at, deletedAt: at, mergedInto: winnerId };
  return { ...left, change: changeBy(context, "mergeRecords", at) } as unknown as Mergeable; // without fields, its name among them
}

/** Levels that a tree of accounts may have, with room for those that were merged into it. */
const deepest = 40;

/**
 * The parent of the merged account. Of two that stand one below the other, the upper one's parent stays.
 * @throws DomainError `invalid_request` when the loser is further above the winner: what is between them would be its own ancestor
 */
async function parentAfter({ winner, loser }: Pair, chosen: unknown, { records }: MergeDeps): Promise<string | null> {
  let parentId = chosen;
  if (parentId === loser.id) parentId = loser.parentId;
  if (parentId === winner.id) parentId = winner.parentId === loser.id ? null : winner.parentId;
  let next = parentId;
  for (let depth = 0; typeof next === "string" && depth < deepest; depth++) {
    if (next === loser.id || next === winner.id)
      throw wrongLoser("stands above the other one; merge them the other way round");
    next = (await records.get(next))?.parentId;
  }
  return typeof parentId === "string" ? parentId : null;
}

function wrongLoser(message: string): DomainError {
  return new DomainError("invalid_request", "These two records cannot be merged.", {
    errors: [{ pointer: "/body/loserId", message }],
  });
}

export function unsettled(): DomainError {
  return new DomainError("merge_unsettled", "Something is still on its way to or from this record.");
}
