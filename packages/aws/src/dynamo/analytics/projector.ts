import { dropZeros, type Fold } from "@shangji/core/analytics/cells";
import type { OpportunityFactsSource } from "@shangji/core/analytics/facts";
import { beforeAttempt } from "../kit/attempts.ts";
import { applyJournal } from "./apply-journal.ts";
import { itemsOf } from "./cell-items.ts";
import {
  addChange,
  type Change,
  changesOf,
  type Image,
  latestImages,
  type ProjectionFailure,
  type StageLookup,
  stageLookup,
} from "./changes.ts";
import { readEpochs } from "./epochs.ts";
import { type Marker, putMarker, readMarkers } from "./markers.ts";
import { mergeItems } from "./merge-items.ts";
import { type ProjectorDeps, transactionLimit } from "./projector-deps.ts";
import { addition, shardChoice } from "./shards.ts";
import { causeOf, type TransactionItem, transact } from "./transact.ts";
import { applyOpenJournals, commitByJournal } from "./write-journal.ts";

export interface Projected {
  /** Records whose images cannot be read. */
  failures: ProjectionFailure[];
  /** Whether readers see everything that was counted; if not, a later batch will make it so. */
  isApplied: boolean;
}

export interface BatchPlace {
  /** Another batch follows at once, so that this one may leave its journal open. @default false */
  more?: boolean;
}

/**
 * Counts opportunities, each version exactly once: repeated, late and out-of-order images change nothing, and after a
 * stop at any point a repeat of the batch completes it. Records whose images cannot be read are answered, and the others
 * counted. Anything else that goes wrong is thrown, for the batch to be repeated.
 */
export async function projectBatch(
  sources: Iterable<OpportunityFactsSource>,
  deps: ProjectorDeps,
  place: BatchPlace = {},
): Promise<Projected> {
  const failures: ProjectionFailure[] = [];
  const images = latestImages(sources, failures);
  const { current, next } = await readEpochs(deps.table);
  for (const epoch of next === undefined ? [current] : [current, next]) {
    failures.push(...(await projectInto(epoch, images, deps, place)));
  }
  return {
    failures: [...new Map(failures.map((failure) => [failure.id, failure])).values()],
    isApplied: deps.open?.isEmpty(current) ?? true,
  };
}

/** Counts images in one epoch. */
export async function projectInto(
  epoch: string,
  images: readonly Image[],
  deps: ProjectorDeps,
  { more = false }: BatchPlace = {},
): Promise<ProjectionFailure[]> {
  const failures = await commit(epoch, images, deps, more);
  if (!more) await applyOpenJournals(epoch, deps);
  return failures;
}

async function commit(
  epoch: string,
  images: readonly Image[],
  deps: ProjectorDeps,
  more: boolean,
): Promise<ProjectionFailure[]> {
  const limit = deps.transactionItems ?? transactionLimit;
  const choice = shardChoice(deps.random);
  let cause: unknown;
  for (let attempt = 0; ; attempt++) {
    await beforeAttempt(attempt, cause, deps);
    const failures: ProjectionFailure[] = [];
    const changes = await pendingChanges(epoch, images, deps);
    if (changes.length === 0) return failures;
    const stagesOf = await stageLookup(changes, deps);
    const items = directItems(changes, { epoch, stagesOf, failures, shard: choice.current(), limit }, deps);
    if (!items) {
      failures.length = 0;
      await commitByJournal(changes, { epoch, stagesOf, failures, more }, deps);
      return failures;
    }
    const outcome = items.length > 0 ? await transact(deps.table, items) : ({ kind: "committed" } as const);
    if (outcome.kind === "committed") return failures;
    choice.avoid(outcome.kind);
    cause = causeOf(outcome);
  }
}

/** What is to be counted, seen from the markers. Journals that the markers lead to are applied, before they are overwritten. */
async function pendingChanges(epoch: string, images: readonly Image[], deps: ProjectorDeps): Promise<Change[]> {
  const markers = await readMarkers(
    images.map(({ id }) => id),
    epoch,
    deps,
  );
  for (const id of journalsOf(markers.values())) await applyJournal(epoch, id, deps);
  return changesOf(images, markers);
}

function journalsOf(markers: Iterable<Marker>): Set<string> {
  const journals = new Set<string>();
  for (const { journal } of markers) if (journal !== undefined) journals.add(journal);
  return journals;
}

/** The one transaction that counts all changes; undefined when they are too many for it. */
function directItems(
  changes: readonly Change[],
  how: { epoch: string; stagesOf: StageLookup; failures: ProjectionFailure[]; shard: number; limit: number },
  { table }: ProjectorDeps,
): TransactionItem[] | undefined {
  // A record alone brings more than one item, so this many are hopeless; no need to fold an import twice.
  if (changes.length > how.limit / 2) return undefined;
  const fold: Fold = new Map();
  const counted = changes.filter((change) => addChange(fold, change, how));
  const parts = mergeItems(itemsOf(dropZeros(fold), how.epoch));
  if (counted.length + parts.length > how.limit) return undefined;
  return [
    ...counted.map(({ id, before, after }) => putMarker(table, how.epoch, { id, before, after })),
    ...parts.map((part) => addition(table, part, how.shard)),
  ];
}
