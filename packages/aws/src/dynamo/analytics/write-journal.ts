import { dropZeros, type Fold } from "@shangji/core/analytics/cells";
import { beforeAttempt } from "../kit/attempts.ts";
import { applyJournal } from "./apply-journal.ts";
import { itemsOf } from "./cell-items.ts";
import { addChange, type Change, changesOf, type ProjectionFailure, type StageLookup } from "./changes.ts";
import { addPart, readHead } from "./journal.ts";
import { putMarker, readMarkers } from "./markers.ts";
import type { OpenJournal } from "./open-journals.ts";
import { type ProjectorDeps, transactionLimit } from "./projector-deps.ts";
import { causeOf, transact } from "./transact.ts";

/** Cells in one part, so that it stays well below 400 KB once compressed. */
const cellsPerPart = 5_000;

interface Journalling {
  epoch: string;
  stagesOf: StageLookup;
  failures: ProjectionFailure[];
  /** Journals that a part was sent to. */
  journals: Set<string>;
}

/** A journal is applied once it has so many parts, some fifteen thousand records, or has been open for so long. */
const mostParts = 150;
const longestOpenMilliseconds = 30_000;

/**
 * Commits changes that are too many for one transaction: first to a journal, as many records with their markers as a
 * transaction holds, then from it to the cells, all records folded together. When more is to come the journal stays open
 * for it, as long as it is neither large nor old.
 */
export async function commitByJournal(
  changes: readonly Change[],
  { more, ...reading }: Omit<Journalling, "journals"> & { more: boolean },
  deps: ProjectorDeps,
): Promise<void> {
  const how = { ...reading, journals: new Set<string>() };
  const { open } = deps;
  let place = open?.take(how.epoch) ?? newJournal(deps);
  let rest = changes;
  try {
    while (rest.length > 0) {
      const part = takePart(rest, how, deps);
      rest = rest.slice(part.taken);
      place = await commitPart(part, place, how, deps);
    }
  } catch (error) {
    // What earlier batches have put there must not be lost from sight.
    if (place.parts > 0) open?.leave(how.epoch, place);
    throw error;
  }
  if (place.parts > 0) {
    if (more && open && isRoomy(place, deps)) {
      how.journals.delete(place.id);
      open.leave(how.epoch, place);
    } else how.journals.add(place.id);
  }
  for (const id of how.journals) await applyJournal(how.epoch, id, deps);
}

/** Applies the journals that this process has left open. */
export async function applyOpenJournals(epoch: string, deps: ProjectorDeps): Promise<void> {
  for (;;) {
    const journal = deps.open?.take(epoch);
    if (!journal) return;
    try {
      await applyJournal(epoch, journal.id, deps);
    } catch (error) {
      deps.open?.leave(epoch, journal);
      throw error;
    }
  }
}

function newJournal({ newId, clock }: ProjectorDeps): OpenJournal {
  return { id: newId(), parts: 0, since: clock.now().getTime() };
}

function isRoomy({ parts, since }: OpenJournal, { clock }: ProjectorDeps): boolean {
  return parts < mostParts && clock.now().getTime() - since < longestOpenMilliseconds;
}

interface Part {
  changes: Change[];
  fold: Fold;
  /** How many of the given changes are in the part or have failed. */
  taken: number;
}

/** The changes of the next part: two items of its transaction are the journal's own. */
function takePart(
  changes: readonly Change[],
  how: Journalling,
  { transactionItems = transactionLimit }: ProjectorDeps,
): Part {
  const part: Part = { changes: [], fold: new Map(), taken: 0 };
  for (const change of changes) {
    if (part.changes.length === transactionItems - 2 || part.fold.size > cellsPerPart) break;
    if (addChange(part.fold, change, how)) part.changes.push(change);
    part.taken++;
  }
  return part;
}

/** Adds a part to the journal at `place`, or to a new one when that has been closed. Answers where the next one goes. */
async function commitPart(first: Part, at: OpenJournal, how: Journalling, deps: ProjectorDeps): Promise<OpenJournal> {
  const { epoch } = how;
  let [part, place]: [Part, OpenJournal] = [first, at];
  let cause: unknown;
  for (let attempt = 0; part.changes.length > 0; attempt++) {
    await beforeAttempt(attempt, cause, deps);
    how.journals.add(place.id);
    const additions = itemsOf(dropZeros(part.fold), epoch);
    const outcome = await transact(deps.table, [
      ...addPart(deps, { epoch, id: place.id, part: place.parts + 1, additions }),
      ...part.changes.map(({ id, before, after }) =>
        putMarker(deps.table, epoch, {
          id,
          before,
          after: { version: after.version, facts: after.facts, journal: place.id },
        }),
      ),
    ]);
    if (outcome.kind === "committed") return { ...place, parts: place.parts + 1 };
    cause = causeOf(outcome);
    place = await placeNow(place, how, deps);
    part = await partNow(part, place, how, deps);
  }
  return place;
}

/** Where the journal stands; a new one when it is gone or sealed. */
async function placeNow(place: OpenJournal, { epoch }: Journalling, deps: ProjectorDeps): Promise<OpenJournal> {
  const head = await readHead(deps.table, epoch, place.id);
  return head && head.chunks === undefined ? { ...place, parts: head.parts } : newJournal(deps);
}

/** The changes that are still to be committed, seen from the markers as they are now. */
async function partNow(part: Part, place: OpenJournal, how: Journalling, deps: ProjectorDeps): Promise<Part> {
  const ids = part.changes.map(({ id }) => id);
  const markers = await readMarkers(ids, how.epoch, deps);
  const images = part.changes.map(({ after }) => after);
  const changes = changesOf(images, markers);
  // A marker leads to its journal; before it is overwritten the journal has to be applied.
  const others = new Set(changes.flatMap(({ before }) => before?.journal ?? []));
  others.delete(place.id);
  for (const id of others) await applyJournal(how.epoch, id, deps);
  const fold: Fold = new Map();
  return { changes: changes.filter((change) => addChange(fold, change, how)), fold, taken: part.taken };
}
