import { eraseSubject, isErased } from "./erase-subject.ts";
import type { ErasureDeps, ErasureLedger } from "./ports.ts";

/** What a replay has come to. */
export interface Replayed {
  /** Persons on the ledger. */
  erasures: number;
  /** Ids of those of whom something was left afterwards: must be empty. */
  left: string[];
}

/**
 * Erases everybody on the ledger once more, in a store that was made from a backup: it may be older than their erasures.
 * Whoever is erased in it already stays so.
 */
export async function replayErasures(ledger: Pick<ErasureLedger, "all">, deps: ErasureDeps): Promise<Replayed> {
  const replayed: Replayed = { erasures: 0, left: [] };
  for await (const { subjectId, requestId } of ledger.all()) {
    replayed.erasures += 1;
    await eraseSubject({ subjectId, requestId, actorId: "system" }, deps);
    if (!isErased(await deps.records.get(subjectId))) replayed.left.push(subjectId);
  }
  return replayed;
}
