import type { DynamoDBStreamsClient } from "@aws-sdk/client-dynamodb-streams";
import type { CloudContext } from "../../service.ts";
import type { KeptMap } from "../keeping/kept-map.ts";
import { realDelay } from "../timing/real-delay.ts";
import { BatchRunner } from "./batch-runner.ts";
import { Lane } from "./lane.ts";
import { Progress } from "./progress.ts";
import type { StreamMapping } from "./stream-mapping.ts";
import { StreamReader } from "./stream-reader.ts";
import { type StreamRecord, toStreamRecord } from "./stream-record.ts";

/** Up to where a mapping has worked a stream off. */
export interface Checkpoint {
  readonly streamArn: string;
  readonly sequenceNumber: string;
}

export interface PollerPorts {
  readonly ctx: CloudContext;
  readonly mapping: StreamMapping;
  readonly client: DynamoDBStreamsClient;
  /** The stream's ARN in DynamoDB Local, and the name of the table's partition key. */
  readonly streamArn: string;
  readonly hashKey: string;
  readonly checkpoints: KeptMap<Checkpoint>;
  readonly giveUp: (body: object) => void;
}

/** Pauses between empty reads: short after a record, longer the longer nothing comes, as each read costs the engine. */
const SHORTEST_PAUSE_MS = 5;
const LONGEST_PAUSE_MS = 200;
/** Pause after a failed read. */
const FAILED_PAUSE_MS = 500;
/** Records read ahead of the function. */
const MOST_BUFFERED = 4_000;

/** Feeds a function from a table's stream, as the event source mapping says. */
export class StreamPoller {
  readonly #ports: PollerPorts;
  readonly #reader: StreamReader;
  readonly #progress: Progress;
  readonly #lanes: readonly Lane[];
  readonly #stopped = new AbortController();
  #nap = new AbortController();
  #emptyReads = 0;
  #afterRead: (() => void)[] = [];
  #loop: Promise<void> | undefined;

  constructor(ports: PollerPorts) {
    const { mapping, checkpoints, streamArn, ctx, giveUp } = ports;
    this.#ports = ports;
    const kept = checkpoints.get(mapping.id);
    // A checkpoint of a table that has been made anew since says nothing about this stream.
    const position = kept?.streamArn === streamArn ? { after: kept.sequenceNumber } : mapping.startingPosition;
    this.#reader = new StreamReader(ports.client, streamArn, position);
    this.#progress = new Progress((sequenceNumber) => checkpoints.set(mapping.id, { streamArn, sequenceNumber }));
    const runner = new BatchRunner({
      ...{ ctx, mapping, streamArn, giveUp },
      done: (records) => this.#done(records.map(({ sequenceNumber }) => sequenceNumber)),
      signal: this.#stopped.signal,
    });
    this.#lanes = Array.from({ length: mapping.parallel }, () => new Lane(mapping, runner, this.#stopped.signal));
  }

  start(): void {
    this.#loop = this.#run();
  }

  /** Ends reading; a batch in flight counts as not done and comes again after a restart. */
  async stop(): Promise<void> {
    this.#stopped.abort();
    this.#nap.abort();
    await this.#loop;
  }

  isIdle(): boolean {
    return this.#emptyReads > 0 && this.#progress.size === 0;
  }

  /** Resolves when two reads in a row have found nothing and no record is in work. */
  async settle(): Promise<void> {
    this.#emptyReads = 0;
    while (!this.#stopped.signal.aborted && (this.#emptyReads < 2 || this.#progress.size > 0)) {
      this.#nap.abort();
      await new Promise<void>((resolve) => this.#afterRead.push(resolve));
    }
  }

  async #run(): Promise<void> {
    const { signal } = this.#stopped;
    let pauseMs = SHORTEST_PAUSE_MS;
    while (!signal.aborted) {
      const found = this.#progress.size < MOST_BUFFERED ? await this.#read() : 0;
      if (found === undefined) pauseMs = FAILED_PAUSE_MS;
      else if (found > 0) pauseMs = SHORTEST_PAUSE_MS;
      else if (found === 0) pauseMs = Math.min(pauseMs * 1.5, LONGEST_PAUSE_MS);
      if (found === 0 && this.#progress.size < MOST_BUFFERED) this.#emptyReads += 1;
      else this.#emptyReads = 0;
      this.#nap = new AbortController();
      this.#tellReaders();
      if (found === 0 || found === undefined) await realDelay(pauseMs, AbortSignal.any([this.#nap.signal, signal]));
    }
    this.#tellReaders();
  }

  #tellReaders(): void {
    const waiting = this.#afterRead;
    this.#afterRead = [];
    for (const wake of waiting) wake();
  }

  /** How many records were read; undefined if the read failed. */
  async #read(): Promise<number | undefined> {
    const { ctx, mapping } = this.#ports;
    try {
      const { shardId, records } = await this.#reader.next();
      const origin = {
        shardId,
        sourceArn: mapping.sourceArn,
        region: ctx.deployment.region,
        hashKey: this.#ports.hashKey,
        readAt: ctx.clock.now() - ctx.clock.offset(),
        offsetMs: ctx.clock.offset(),
      };
      if (!this.#stopped.signal.aborted) this.#offer(records.map((record) => toStreamRecord(record, origin)));
      return records.length;
    } catch (error) {
      if (!this.#stopped.signal.aborted) ctx.log(`${mapping.id}: cannot read the stream: ${String(error)}`);
      return undefined;
    }
  }

  #offer(records: readonly StreamRecord[]): void {
    const { filter } = this.#ports.mapping;
    this.#progress.add(records.map(({ sequenceNumber }) => sequenceNumber));
    const wanted = filter === undefined ? records : records.filter(({ event }) => filter(event));
    for (const record of wanted) this.#lanes[laneOf(record.partition, this.#lanes.length)]?.add(record);
    const kept = new Set(wanted);
    this.#done(records.filter((record) => !kept.has(record)).map(({ sequenceNumber }) => sequenceNumber));
  }

  #done(sequenceNumbers: readonly string[]): void {
    this.#progress.done(sequenceNumbers);
    // There is room to read on, or nothing more to wait for.
    this.#nap.abort();
  }
}

/** Changes of one item always go to the same lane. */
function laneOf(partition: string, lanes: number): number {
  let hash = 0;
  for (let at = 0; at < partition.length; at += 1) hash = (hash * 31 + partition.charCodeAt(at)) | 0;
  return Math.abs(hash) % lanes;
}
