/** Counts what is in flight, so that a service can say when it is idle. */
export class PendingWork {
  #count = 0;
  #waiting: (() => void)[] = [];

  /** Runs `work` as part of what is in flight; a rejection goes to the returned promise. */
  async run<T>(work: () => Promise<T>): Promise<T> {
    this.#count += 1;
    try {
      return await work();
    } finally {
      this.#count -= 1;
      if (this.#count === 0) {
        const waiting = this.#waiting;
        this.#waiting = [];
        for (const wake of waiting) wake();
      }
    }
  }

  isIdle(): boolean {
    return this.#count === 0;
  }

  /** Resolves when nothing is in flight. */
  settle(): Promise<void> {
    if (this.#count === 0) return Promise.resolve();
    return new Promise((resolve) => this.#waiting.push(resolve));
  }
}
