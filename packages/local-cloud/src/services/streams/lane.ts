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

/**
 * Here all share one machine, and the engine's one lock with it. A mapping that has a window can wait, so it does while
 * the API is busy: this long, or until it has this many records. They then cost less, as what touches the same items is
 * written once.
 */
const BUSY_WINDOW_MS = 30_000;
const BUSY_RECORDS = 4_000;

export interface LanePorts {
  readonly mapping: StreamMapping;
  readonly runner: BatchRunner;
  /** Whether the API has so much to do that batches which can wait had better do so. */
  readonly isBusy: () => boolean;
  readonly signal: AbortSignal;
}

/** One sequence of batches: the next one starts when the last one is done. */
export class Lane {
  readonly #ports: LanePorts;
  #waiting: StreamRecord[] = [];
  #running = false;
  /** Whether records have waited for the API long enough: full batches of them go one after the other. */
  #overdue = false;
  #window = new AbortController();

  constructor(ports: LanePorts) {
    this.#ports = ports;
  }

  add(record: StreamRecord): void {
    this.#waiting.push(record);
    if (this.#waiting.length === this.#ports.mapping.batchSize && !this.#mayWait()) this.hurry();
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
    const { runner, signal } = this.#ports;
    while (this.#waiting.length > 0 && !signal.aborted) {
      await this.#gather();
      if (!signal.aborted) await runner.run(this.#takeBatch());
    }
    this.#running = false;
  }

  async #gather(): Promise<void> {
    const { mapping, signal } = this.#ports;
    const began = performance.now();
    this.#window = new AbortController();
    const ended = AbortSignal.any([this.#window.signal, signal]);
    if (this.#waiting.length < mapping.batchSize) this.#overdue = false;
    for (let before = 0; !ended.aborted; ) {
      const waits = this.#mayWait();
      const left = began + (waits ? BUSY_WINDOW_MS : mapping.windowMs) - performance.now();
      const isFull = this.#waiting.length >= (waits ? BUSY_RECORDS : mapping.batchSize);
      if (waits && (isFull || left <= 0)) this.#overdue = true;
      if (isFull || left <= 0 || (!waits && this.#waiting.length === before)) return;
      before = this.#waiting.length;
      await realDelay(Math.min(left, QUIET_MS), ended);
    }
  }

  #mayWait(): boolean {
    const { mapping, isBusy } = this.#ports;
    return mapping.windowMs > 0 && !this.#overdue && isBusy();
  }

  #takeBatch(): StreamRecord[] {
    let bytes = 0;
    let count = 0;
    for (const { event } of this.#waiting) {
      bytes += Buffer.byteLength(JSON.stringify(event)) + 1;
      if (count === this.#ports.mapping.batchSize || (count > 0 && bytes > MOST_BYTES)) break;
      count += 1;
    }
    return this.#waiting.splice(0, count);
  }
}
