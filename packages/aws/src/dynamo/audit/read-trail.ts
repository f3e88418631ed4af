import { QueryCommand } from "@aws-sdk/lib-dynamodb";
import type { TrailQuery } from "@shangji/core/audit/ports";
import type { Page, PageRequest } from "@shangji/core/kit/record";
import type { Table } from "../kit/client.ts";
import { dayPartition, dayShards, entryOf } from "./audit-items.ts";
import { auditTableDefinition } from "./audit-table.ts";
import type { StoredEntry } from "./sealed-entries.ts";

type Item = Record<string, unknown>;

/** A page asks all shards so often at most; days without entries count too. Then it ends, and the next page goes on. */
const mostRounds = 8;
/** Entries that one shard looks at in a round when most of them may be of other people or kinds. */
const lookedAt = 50;

/**
 * A page of the trail. Going back in time, all shards of a day are asked for what comes before a place, and what all of
 * them have seen is merged. A place is the same for every shard, so it is all that the next page must know.
 */
export async function readTrail(
  table: Table,
  query: TrailQuery,
  { limit, after }: PageRequest,
): Promise<Page<StoredEntry>> {
  const found: Item[] = [];
  // Below every place of its own instant, and so before everything that happened at `to`.
  let before = after ? String(after.before) : query.to;
  for (let round = 0; before > query.from; round++) {
    if (round === mostRounds) return { items: found.map(entryOf), next: { before } };
    const { items, reached } = await readRound(table, query, { before, limit });
    found.push(...items);
    if (found.length > limit || (found.length === limit && reached > query.from)) {
      const page = found.slice(0, limit);
      return { items: page.map(entryOf), next: { before: String(page.at(-1)?.place) } };
    }
    before = reached;
  }
  return { items: found.map(entryOf) };
}

interface Round {
  /** Everything between `before` and `reached`, newest first. */
  items: Item[];
  /** How far back all shards have been looked at. */
  reached: string;
}

async function readRound(
  table: Table,
  query: TrailQuery,
  { before, limit }: { before: string; limit: number },
): Promise<Round> {
  const day = dayBefore(before);
  const range = { day, first: later(query.from, day), before };
  const shards = await Promise.all(
    Array.from({ length: dayShards }, (_, shard) => readShard(table, query, { ...range, shard, limit })),
  );
  // Beyond the place where the first of the shards has stopped, something of it may be missing.
  const stops = shards.flatMap(({ stop }) => stop ?? []).sort();
  const reached = stops.at(-1) ?? range.first;
  const items = shards
    .flatMap((shard) => shard.items)
    .filter(({ place }) => String(place) >= reached)
    .sort((left, right) => (String(left.place) > String(right.place) ? -1 : 1));
  return { items, reached };
}

function later(left: string, right: string): string {
  return [left, right].sort().at(-1) ?? left;
}

/** The day of the last instant before a place. A place that is a day's first instant, or before it, belongs to the day before. */
function dayBefore(place: string): string {
  const instant = Date.parse(place.slice(0, 24));
  const isInstant = place.length <= 24;
  return new Date(isInstant ? instant - 1 : instant).toISOString().slice(0, 10);
}

interface ShardRange {
  day: string;
  shard: number;
  first: string;
  before: string;
  limit: number;
}

async function readShard(
  table: Table,
  { actor, kind }: TrailQuery,
  { day, shard, first, before, limit }: ShardRange,
): Promise<{ items: Item[]; stop?: string }> {
  const filters = [
    ...(actor === undefined ? [] : ["actorId = :actor"]),
    ...(kind === undefined ? [] : ["kind = :kind"]),
  ];
  const { Items = [], LastEvaluatedKey } = await table.client.send(
    new QueryCommand({
      TableName: table.name,
      IndexName: auditTableDefinition.indexes[0].name,
      KeyConditionExpression: "#day = :day AND place BETWEEN :first AND :before",
      ExpressionAttributeNames: { "#day": "day" },
      ...(filters.length > 0 ? { FilterExpression: filters.join(" AND ") } : {}),
      ExpressionAttributeValues: {
        ":day": dayPartition(day, shard),
        ":first": first,
        ":before": before,
        ":actor": actor,
        ":kind": kind,
      },
      ScanIndexForward: false,
      Limit: filters.length > 0 ? lookedAt : Math.ceil((limit / dayShards) * 1.5) + 2,
    }),
  );
  // The bounds of BETWEEN are part of it.
  const items = Items.filter(({ place }) => place !== before);
  return LastEvaluatedKey ? { items, stop: String(LastEvaluatedKey.place) } : { items };
}
