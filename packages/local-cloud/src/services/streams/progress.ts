/** Remembers up to where a stream has been worked off without a gap, while batches finish in any order. */
export class Progress {
  #open: { readonly sequenceNumber: string; done: boolean }[] = [];
  readonly #byNumber = new Map<string, { done: boolean }>();
  readonly #onAdvance: (sequenceNumber: string) => void;

  /** `onAdvance` gets the last sequence number before which everything is done, each time it grows. */
  constructor(onAdvance: (sequenceNumber: string) => void) {
    this.#onAdvance = onAdvance;
  }

  /** Records that have been read and are not done. */
  get size(): number {
    return this.#byNumber.size;
  }

  /** Notes records in stream order. */
  add(sequenceNumbers: readonly string[]): void {
    for (const sequenceNumber of sequenceNumbers) {
      const entry = { sequenceNumber, done: false };
      this.#open.push(entry);
      this.#byNumber.set(sequenceNumber, entry);
    }
  }

  done(sequenceNumbers: readonly string[]): void {
    for (const sequenceNumber of sequenceNumbers) {
      const entry = this.#byNumber.get(sequenceNumber);
      if (entry !== undefined) entry.done = true;
      this.#byNumber.delete(sequenceNumber);
    }
    const firstOpen = this.#open.findIndex((entry) => !entry.done);
    const finished = this.#open.slice(0, firstOpen < 0 ? this.#open.length : firstOpen);
    const last = finished.at(-1);
    if (last === undefined) return;
    this.#open = this.#open.slice(finished.length);
    this.#onAdvance(last.sequenceNumber);
  }
}
