import { createHash } from "node:crypto";
import type { StoredEntry } from "./sealed-entries.ts";

type Item = Record<string, unknown>;

/** A day's entries are spread over so many partitions of the index, each of which takes a thousand write units a second. */
export const dayShards = 8;

/** `2026-11-05#3` */
export const dayPartition = (day: string, shard: number): string => `${day}#${shard}`;

/** What a record's history is made of: its versions, and with whom it was shared, by time. */
export const historyPrefixes = ["version#", "share#"] as const;
const [versionPrefix, sharePrefix] = historyPrefixes;

/**
 * The item of an entry. Its key is the record and its version, the record and a request about a share of it, or the person
 * and their sign-in: what happens once has one key. `place` puts all entries of a day in one order, whatever their shard.
 */
export function itemOf(entry: StoredEntry, retentionDays: number): Item & { pk: string; sk: string } {
  const { at } = entry;
  const key = keyOf(entry);
  const place = `${at}#${key.pk}#${key.sk}`;
  return {
    ...entry,
    ...key,
    day: dayPartition(at.slice(0, 10), shardOf(place)),
    place,
    ...(retentionDays > 0 ? { ttl: Math.floor(Date.parse(at) / 1000) + retentionDays * 86_400 } : {}),
  };
}

function keyOf({ recordId, version, principalId, at, requestId }: StoredEntry): { pk: string; sk: string } {
  if (version !== undefined) return { pk: recordId, sk: `${versionPrefix}${String(version).padStart(10, "0")}` };
  if (principalId !== undefined) return { pk: recordId, sk: `${sharePrefix}${at}#${principalId}#${requestId}` };
  return { pk: `sign-in#${recordId}`, sk: `${at}#${requestId}` };
}

export function entryOf({ pk: _, sk: __, day: ___, place: ____, ttl: _____, ...entry }: Item): StoredEntry {
  return entry as StoredEntry; // only itemOf writes items of this table
}

function shardOf(place: string): number {
  return createHash("sha256").update(place).digest().readUInt8(0) % dayShards;
}
