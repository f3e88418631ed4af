import { createHash } from "node:crypto";
import type { StoredEntry } from "./sealed-entries.ts";

type Item = Record<string, unknown>;

/** A day's entries are spread over so many partitions of the index, each of which takes a thousand write units a second. */
export const dayShards = 8;

/** `2026-11-05#3` */
export const dayPartition = (day: string, shard: number): string => `${day}#${shard}`;

export const historyPrefix = "version#";

/**
 * The item of an entry. Its key is the record and its version, or the person and their sign-in: what happens once has
 * one key. `place` puts all entries of a day in one order, whatever their shard.
 */
export function itemOf(entry: StoredEntry, retentionDays: number): Item {
  const { recordId, version, at, requestId } = entry;
  const key =
    version === undefined
      ? { pk: `sign-in#${recordId}`, sk: `${at}#${requestId}` }
      : { pk: recordId, sk: `${historyPrefix}${String(version).padStart(10, "0")}` };
  const place = `${at}#${key.pk}#${key.sk}`;
  return {
    ...entry,
    ...key,
    day: dayPartition(at.slice(0, 10), shardOf(place)),
    place,
    ...(retentionDays > 0 ? { ttl: Math.floor(Date.parse(at) / 1000) + retentionDays * 86_400 } : {}),
  };
}

export function entryOf({ pk: _, sk: __, day: ___, place: ____, ttl: _____, ...entry }: Item): StoredEntry {
  return entry as StoredEntry; // only itemOf writes items of this table
}

function shardOf(place: string): number {
  return createHash("sha256").update(place).digest().readUInt8(0) % dayShards;
}
