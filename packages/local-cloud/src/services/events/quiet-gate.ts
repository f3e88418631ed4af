import { realDelay } from "../timing/real-delay.ts";

/** Deliveries to functions that are under way at once. */
const mostAtOnce = 4;
const longestWaitMs = 20_000;
const pauseMs = 50;

/**
 * Lets the functions of rules run a few at a time, and while many requests are under way a few in twenty seconds: nobody waits
 * for them, and they share cores and engine with the requests. What has gathered is done once it is quieter.
 */
export class QuietGate {
  readonly #isBusy: () => boolean;
  readonly #signal: AbortSignal;
  readonly #waiting: (() => void)[] = [];
  #underWay = 0;

  constructor(isBusy: () => boolean, signal: AbortSignal) {
    this.#isBusy = isBusy;
    this.#signal = signal;
  }

  /** Does the work once it is its turn. */
  async pass<T>(work: () => Promise<T>): Promise<T> {
    if (this.#underWay >= mostAtOnce) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    else this.#underWay += 1;
    try {
      const until = performance.now() + longestWaitMs;
      while (this.#isBusy() && performance.now() < until && !this.#signal.aborted)
        await realDelay(pauseMs, this.#signal);
      return await work();
    } finally {
      // A turn is handed on as it is, so nobody new comes between.
      const next = this.#waiting.shift();
      if (next) next();
      else this.#underWay -= 1;
    }
  }
}
