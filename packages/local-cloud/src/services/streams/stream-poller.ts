import type { CloudContext } from "../../service.ts";
import { realDelay } from "../timing/real-delay.ts";
import type { StreamConsumer } from "./stream-consumer.ts";
import { type StreamPosition, StreamReader } from "./stream-reader.ts";
import { toStreamRecord } from "./stream-record.ts";
import type { StreamsApi } from "./streams-api.ts";

export interface PollerPorts {
  readonly ctx: CloudContext;
  readonly api: StreamsApi;
  /** The stream's ARN in DynamoDB Local and as event source mappings name it, and the table's partition key. */
  readonly streamArn: string;
  readonly sourceArn: string;
  readonly hashKey: string;
  readonly consumers: readonly StreamConsumer[];
  readonly stopped: AbortSignal;
}

/**
 * Each read costs the engine, whatever it finds. So one that found little is followed by a pause, a long one, while
 * records come in (AWS itself looks four times a second), and a short one, then longer and longer, while none come.
 */
const PAUSE_IN_FLOW_MS = 100;
const SHORTEST_PAUSE_MS = 5;
const LONGEST_PAUSE_MS = 200;
/** Pause after a failed read. */
const FAILED_PAUSE_MS = 500;
/** A read that found this many is followed by the next at once. */
const MANY_RECORDS = 250;
/** Records read ahead of the slowest function. */
const MOST_BUFFERED = 8_000;

/** Reads a table's stream once for all its mappings. */
export class StreamPoller {
  readonly #ports: PollerPorts;
  readonly #reader: StreamReader;
  #nap = new AbortController();
  #emptyReads = 0;
  #settling = 0;
  #afterRead: (() => void)[] = [];

  constructor(ports: PollerPorts) {
    this.#ports = ports;
    this.#reader = new StreamReader(ports.api, ports.streamArn, earliest(ports.consumers.map(({ start }) => start)));
  }

  /** Reads until it is stopped; a batch in flight then counts as not done and comes again after a restart. */
  async run(): Promise<void> {
    const { stopped } = this.#ports;
    while (!stopped.aborted) {
      const found = this.#inWork() < MOST_BUFFERED ? await this.#read() : "no room";
      this.#emptyReads = found === 0 ? this.#emptyReads + 1 : 0;
      this.#nap = new AbortController();
      this.#tellWaiting();
      await realDelay(this.#pauseAfter(found), AbortSignal.any([this.#nap.signal, stopped]));
    }
    this.#tellWaiting();
  }

  #pauseAfter(found: number | "failed" | "no room"): number {
    if (found === "failed") return FAILED_PAUSE_MS;
    if (found === "no room" || this.#settling > 0) return SHORTEST_PAUSE_MS;
    if (found === 0) return Math.min(SHORTEST_PAUSE_MS * 1.5 ** this.#emptyReads, LONGEST_PAUSE_MS);
    return found < MANY_RECORDS ? PAUSE_IN_FLOW_MS : 0;
  }

  isIdle(): boolean {
    return this.#emptyReads > 0 && this.#inWork() === 0;
  }

  /** Resolves when two reads in a row have found nothing and no record is in work. */
  async settle(): Promise<void> {
    const { stopped, consumers } = this.#ports;
    this.#settling += 1;
    this.#emptyReads = 0;
    this.#nap.abort();
    while (!stopped.aborted && (this.#emptyReads < 2 || this.#inWork() > 0)) {
      for (const consumer of consumers) consumer.hurry();
      await new Promise<void>((resolve) => this.#afterRead.push(resolve));
    }
    this.#settling -= 1;
  }

  /** Records that the slowest mapping has not worked off. */
  #inWork(): number {
    return Math.max(...this.#ports.consumers.map(({ inWork }) => inWork));
  }

  #tellWaiting(): void {
    const waiting = this.#afterRead;
    this.#afterRead = [];
    for (const wake of waiting) wake();
  }

  /** How many records were read. */
  async #read(): Promise<number | "failed"> {
    const { ctx, sourceArn, hashKey, consumers, stopped } = this.#ports;
    try {
      const { shardId, records } = await this.#reader.next();
      const offsetMs = ctx.clock.offset();
      const readAt = ctx.clock.now() - offsetMs;
      const origin = { shardId, sourceArn, region: ctx.deployment.region, hashKey, readAt, offsetMs };
      const read = records.map((record) => toStreamRecord(record, origin));
      if (!stopped.aborted) for (const consumer of consumers) consumer.offer(read);
      return read.length;
    } catch (error) {
      if (!stopped.aborted) ctx.log(`${sourceArn}: cannot read the stream: ${String(error)}`);
      return "failed";
    }
  }
}

/** From where on all find what they have not worked off; positions at the stream's end are not mixed with others. */
function earliest(positions: readonly StreamPosition[]): StreamPosition {
  return positions.reduce((first, other) => {
    if (typeof first === "string") return first;
    if (typeof other === "string") return other;
    return BigInt(other.after) < BigInt(first.after) ? other : first;
  });
}
