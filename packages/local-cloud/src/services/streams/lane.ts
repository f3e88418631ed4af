import { realDelay } from "../timing/real-delay.ts";
import type { BatchRunner } from "./batch-runner.ts";
import type { StreamMapping } from "./stream-mapping.ts";
import type { StreamRecord } from "./stream-record.ts";

/** Lambda's limit for the payload of an invocation, less room for what surrounds the records. */
const MOST_BYTES = 6 * 1024 * 1024 - 1024;

/**
 * A window ends early when nothing has come for this long: AWS waits it out, but here people watch what they did. While
 * records come in, batches are as large as in AWS.
 */
const QUIET_MS = 250;

/** One sequence of batches: the next one starts when the last one is done. */
export class Lane {
  readonly #mapping: StreamMapping;
  readonly #runner: BatchRunner;
  readonly #signal: AbortSignal;
  #waiting: StreamRecord[] = [];
  #running = false;
  #window = new AbortController();

  constructor(mapping: StreamMapping, runner: BatchRunner, signal: AbortSignal) {
    this.#mapping = mapping;
    this.#runner = runner;
    this.#signal = signal;
  }

  add(record: StreamRecord): void {
    this.#waiting.push(record);
    if (this.#waiting.length >= this.#mapping.batchSize) this.hurry();
    if (this.#running) return;
    this.#running = true;
    // In a later turn, so that all records of one read are there.
    queueMicrotask(() => void this.#run());
  }

  /** Sends what waits for its window to end. */
  hurry(): void {
    this.#window.abort();
  }

  async #run(): Promise<void> {
    while (this.#waiting.length > 0 && !this.#signal.aborted) {
      await this.#gather();
      if (!this.#signal.aborted) await this.#runner.run(this.#takeBatch());
    }
    this.#running = false;
  }

  async #gather(): Promise<void> {
    const { windowMs, batchSize } = this.#mapping;
    const end = performance.now() + windowMs;
    this.#window = new AbortController();
    const ended = AbortSignal.any([this.#window.signal, this.#signal]);
    for (let before = 0; this.#waiting.length > before && this.#waiting.length < batchSize && !ended.aborted; ) {
      const left = end - performance.now();
      if (left <= 0) return;
      before = this.#waiting.length;
      await realDelay(Math.min(left, QUIET_MS), ended);
    }
  }

  #takeBatch(): StreamRecord[] {
    let bytes = 0;
    let count = 0;
    for (const { event } of this.#waiting) {
      bytes += Buffer.byteLength(JSON.stringify(event)) + 1;
      if (count === this.#mapping.batchSize || (count > 0 && bytes > MOST_BYTES)) break;
      count += 1;
    }
    return this.#waiting.splice(0, count);
  }
}
