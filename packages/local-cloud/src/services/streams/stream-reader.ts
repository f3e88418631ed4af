import type { ApiRecord, ApiShard, StreamsApi } from "./streams-api.ts";

/** Where a reader stands: behind this record, or at one end of the stream. */
export type StreamPosition = "TRIM_HORIZON" | "LATEST" | { readonly after: string };

export interface ReadPage {
  readonly shardId: string;
  readonly records: readonly ApiRecord[];
}

/**
 * Reads a stream of DynamoDB Local from a position on, shard after shard: it has one open shard at a time, sequence
 * numbers grow over all shards, and both survive its restart.
 */
export class StreamReader {
  readonly #api: StreamsApi;
  readonly #streamArn: string;
  #position: StreamPosition;
  #shardId: string | undefined;
  #iterator: string | undefined;

  constructor(api: StreamsApi, streamArn: string, position: StreamPosition) {
    this.#api = api;
    this.#streamArn = streamArn;
    this.#position = position;
  }

  /** The next records in order, at most 1000; none if nothing has been written since. */
  async next(): Promise<ReadPage> {
    try {
      this.#iterator ??= await this.#open();
      const shardId = this.#shardId ?? "";
      if (this.#iterator === undefined) return { shardId, records: [] };
      const page = await this.#api.call("GetRecords", { ShardIterator: this.#iterator });
      const records = page.Records ?? [];
      const last = records.at(-1)?.dynamodb?.SequenceNumber;
      if (last !== undefined) this.#position = { after: last };
      this.#iterator = page.NextShardIterator;
      return { shardId, records };
    } catch (error) {
      this.#iterator = undefined;
      // What the position names is older than the stream keeps: go on with the oldest that is there.
      if (!(error instanceof Error && error.name === "TrimmedDataAccessException")) throw error;
      this.#position = "TRIM_HORIZON";
      return { shardId: this.#shardId ?? "", records: [] };
    }
  }

  async #open(): Promise<string | undefined> {
    const shards = await this.#shards();
    const shard = this.#choose(shards);
    if (shard?.ShardId === undefined) return undefined;
    // A shard that was just read to its end is followed from its start.
    const isNext = this.#shardId !== undefined && shard.ShardId !== this.#shardId;
    this.#shardId = shard.ShardId;
    const position = this.#position;
    const { ShardIterator } = await this.#api.call("GetShardIterator", {
      StreamArn: this.#streamArn,
      ShardId: shard.ShardId,
      ...(typeof position === "object" && !isNext && covers(shard, position.after)
        ? { ShardIteratorType: "AFTER_SEQUENCE_NUMBER", SequenceNumber: position.after }
        : { ShardIteratorType: position === "LATEST" && !isNext ? "LATEST" : "TRIM_HORIZON" }),
    });
    return ShardIterator;
  }

  #choose(shards: readonly ApiShard[]): ApiShard | undefined {
    const position = this.#position;
    if (position === "LATEST") return shards.at(-1);
    if (position === "TRIM_HORIZON") return this.#after(shards) ?? shards[0];
    return shards.find((shard) => !endsBefore(shard, position.after)) ?? shards.at(-1);
  }

  #after(shards: readonly ApiShard[]): ApiShard | undefined {
    const current = this.#shardId;
    return current === undefined ? undefined : shards.find(({ ShardId = "" }) => ShardId > current);
  }

  /** Oldest first: the ids begin with the time of creation. */
  async #shards(): Promise<ApiShard[]> {
    const shards: ApiShard[] = [];
    let start: string | undefined;
    do {
      const { StreamDescription: page } = await this.#api.call("DescribeStream", {
        StreamArn: this.#streamArn,
        ...(start === undefined ? {} : { ExclusiveStartShardId: start }),
      });
      shards.push(...(page?.Shards ?? []));
      start = page?.LastEvaluatedShardId;
    } while (start !== undefined);
    return shards.sort((one, other) => ((one.ShardId ?? "") < (other.ShardId ?? "") ? -1 : 1));
  }
}

/** Whether all of a closed shard lies at or before a sequence number. */
function endsBefore(shard: ApiShard, sequence: string): boolean {
  const end = shard.SequenceNumberRange?.EndingSequenceNumber;
  return end !== undefined && BigInt(end) <= BigInt(sequence);
}

function covers(shard: ApiShard, sequence: string): boolean {
  const start = shard.SequenceNumberRange?.StartingSequenceNumber;
  return start === undefined || BigInt(start) <= BigInt(sequence);
}
