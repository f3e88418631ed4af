/** A journal that takes further parts, as its writer knows it. */
export interface OpenJournal {
  id: string;
  parts: number;
  /** When its first part was begun, in milliseconds of the clock. */
  since: number;
}

/**
 * The journals that a process has left open for its next batch, by epoch: what several batches add to the same cells is
 * then written once. One that a process takes with it when it ends is found by `applyAbandonedJournals`.
 */
export class OpenJournals {
  readonly #byEpoch = new Map<string, OpenJournal[]>();

  /** A journal for the caller alone, until it leaves it again. */
  take(epoch: string): OpenJournal | undefined {
    return this.#byEpoch.get(epoch)?.pop();
  }

  leave(epoch: string, journal: OpenJournal): void {
    const left = this.#byEpoch.get(epoch);
    if (left) left.push(journal);
    else this.#byEpoch.set(epoch, [journal]);
  }

  isEmpty(epoch: string): boolean {
    return (this.#byEpoch.get(epoch)?.length ?? 0) === 0;
  }
}
