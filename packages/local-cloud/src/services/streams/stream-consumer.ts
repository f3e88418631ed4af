import type { CloudContext } from "../../service.ts";
import type { KeptMap } from "../keeping/kept-map.ts";
import { BatchRunner } from "./batch-runner.ts";
import { Lane } from "./lane.ts";
import { Progress } from "./progress.ts";
import type { StreamMapping } from "./stream-mapping.ts";
import type { StreamPosition } from "./stream-reader.ts";
import type { StreamRecord } from "./stream-record.ts";

/** Up to where a mapping has worked a stream off. */
export interface Checkpoint {
  readonly streamArn: string;
  readonly sequenceNumber: string;
}

export interface ConsumerPorts {
  readonly ctx: CloudContext;
  readonly mapping: StreamMapping;
  /** The stream's ARN in DynamoDB Local. */
  readonly streamArn: string;
  readonly checkpoints: KeptMap<Checkpoint>;
  readonly giveUp: (body: object) => void;
  readonly signal: AbortSignal;
}

/** Brings what a mapping wants of a stream to its function, and remembers how far it has come. */
export class StreamConsumer {
  /** Where reading has to begin for this mapping. */
  readonly start: StreamPosition;
  readonly #mapping: StreamMapping;
  readonly #progress: Progress;
  readonly #lanes: readonly Lane[];

  constructor({ ctx, mapping, streamArn, checkpoints, giveUp, signal }: ConsumerPorts) {
    this.#mapping = mapping;
    const kept = checkpoints.get(mapping.id);
    // A checkpoint of a table that has been made anew since says nothing about this stream.
    this.start = kept?.streamArn === streamArn ? { after: kept.sequenceNumber } : mapping.startingPosition;
    this.#progress = new Progress((sequenceNumber) => checkpoints.set(mapping.id, { streamArn, sequenceNumber }));
    const done = (records: readonly StreamRecord[]) =>
      this.#progress.done(records.map(({ sequenceNumber }) => sequenceNumber));
    const runner = new BatchRunner({ ctx, mapping, streamArn, giveUp, done, signal });
    this.#lanes = Array.from(
      { length: mapping.parallel },
      () => new Lane({ mapping, runner, signal, isBusy: () => ctx.isBusy() }),
    );
  }

  /** Records that were taken and are not done. */
  get inWork(): number {
    return this.#progress.size;
  }

  /** Takes the stream's next records, in order; those from before its checkpoint count for nothing. */
  offer(read: readonly StreamRecord[]): void {
    const { start } = this;
    const records =
      typeof start === "object" ? read.filter((record) => isAfter(record.sequenceNumber, start.after)) : read;
    this.#progress.add(records.map(({ sequenceNumber }) => sequenceNumber));
    const { filter } = this.#mapping;
    const unwanted: string[] = [];
    for (const record of records) {
      if (filter?.(record.event) === false) unwanted.push(record.sequenceNumber);
      else this.#lanes[laneOf(record.partition, this.#lanes.length)]?.add(record);
    }
    this.#progress.done(unwanted);
  }

  /** Ends the waits for fuller batches. */
  hurry(): void {
    for (const lane of this.#lanes) lane.hurry();
  }
}

/** Sequence numbers of one stream have one length, but for zeros in front. */
function isAfter(sequenceNumber: string, other: string): boolean {
  return sequenceNumber.length === other.length ? sequenceNumber > other : BigInt(sequenceNumber) > BigInt(other);
}

/** Changes of one item always go to the same lane. */
function laneOf(partition: string, lanes: number): number {
  let hash = 0;
  for (let at = 0; at < partition.length; at += 1) hash = (hash * 31 + partition.charCodeAt(at)) | 0;
  return Math.abs(hash) % lanes;
}
