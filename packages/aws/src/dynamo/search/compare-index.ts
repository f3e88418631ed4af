import { BatchGetCommand, ScanCommand } from "@aws-sdk/lib-dynamodb";
import type { IndexedState } from "@shangji/core/search/indexed-state";
import { batched } from "../analytics/rebuild.ts";
import type { Table } from "../kit/client.ts";
import { type EntryKey, entryKeys, listPrefix, recordIdOf } from "./entry-items.ts";
import { type MarkerDeps, readSearchMarkers, type SearchMarker } from "./search-markers.ts";

/** A record that the index does not hold as it is. */
export interface Outdated {
  /** The record, with the version that its entries should have. */
  state: IndexedState;
  marker: SearchMarker | undefined;
  /** Entries that are not there; all of them when the marker tells of another state. */
  missing: EntryKey[];
}

const recordsPerBatch = 100;

/**
 * Records of which entries are missing or made of something else. `states` are the records as they are; changes on their way
 * to the index show as differences.
 */
export async function* outdatedRecords(
  states: AsyncIterable<IndexedState>,
  deps: MarkerDeps,
): AsyncGenerator<Outdated> {
  for await (const batch of batched(states, recordsPerBatch)) {
    const markers = await readSearchMarkers(
      batch.map(({ id }) => id),
      deps,
    );
    const fitting: Outdated[] = [];
    for (const state of batch) {
      const marker = markers.get(state.id);
      if (fits(state, marker)) {
        fitting.push({ state: { ...state, version: marker?.version ?? state.version }, marker, missing: [] });
      } else if (!marker || marker.version <= state.version) yield { state, marker, missing: entryKeys(state) };
      // Else the record has been changed since it was read.
    }
    for (const found of fitting) {
      const there = await existing(entryKeys(found.state), deps.table);
      const missing = entryKeys(found.state).filter((key) => !there.has(nameOf(key)));
      if (missing.length > 0) yield { ...found, missing };
    }
  }
}

/** Whether the marker tells of the record as it is; a deleted one needs none. */
function fits(state: IndexedState, marker: SearchMarker | undefined): boolean {
  if (!marker) return state.document === null;
  const current = marker.states.find(({ version }) => version === marker.version);
  return current !== undefined && shown(current) === shown(state);
}

/** What the index holds of a record, for comparison. */
export function shown({ ownerId, teamId, document, card }: IndexedState): string {
  return JSON.stringify([ownerId, teamId, document && inOrder(document), card && inOrder(card)]);
}

/** Of what has been stored attributes come back in any order. */
function inOrder(fields: object): [string, unknown][] {
  return Object.entries(fields)
    .filter(([, value]) => value !== undefined)
    .sort(([left], [right]) => (left < right ? -1 : 1));
}

async function existing(keys: readonly EntryKey[], table: Table): Promise<Set<string>> {
  const there = new Set<string>();
  for (let start = 0; start < keys.length; start += 100) {
    let pending: Record<string, unknown>[] = keys.slice(start, start + 100).map((key) => ({ ...key }));
    while (pending.length > 0) {
      const { Responses, UnprocessedKeys } = await table.client.send(
        new BatchGetCommand({ RequestItems: { [table.name]: { Keys: pending, ConsistentRead: true } } }),
      );
      for (const { pk, sk } of Responses?.[table.name] ?? []) there.add(nameOf({ pk, sk }));
      pending = UnprocessedKeys?.[table.name]?.Keys ?? [];
    }
  }
  return there;
}

function nameOf({ pk, sk }: EntryKey): string {
  return `${pk} ${sk}`;
}

/** Markers that are remembered while all entries are gone through: those of a record lie far apart. */
const mostRemembered = 50_000;

/** Every entry that belongs to no current state of a record. Reads the whole table: for scripts only. */
export async function* strayEntries(deps: MarkerDeps): AsyncGenerator<EntryKey> {
  let remembered = new Map<string, SearchMarker>();
  for await (const keys of batched(scanEntries(deps.table), recordsPerBatch)) {
    // A remembered marker may be out of date, so only a fresh one tells that an entry belongs to nothing.
    const doubtful = keys.filter((key) => !isOf(key, remembered.get(recordIdOf(key))));
    const markers = await readSearchMarkers([...new Set(doubtful.map(recordIdOf))], deps);
    for (const key of doubtful) if (!isOf(key, markers.get(recordIdOf(key)))) yield key;
    if (remembered.size > mostRemembered) remembered = new Map();
    for (const [id, marker] of markers) remembered.set(id, marker);
  }
}

/** Whether an entry is one of the current state that a marker names. */
function isOf(key: EntryKey, marker: SearchMarker | undefined): boolean {
  const current = marker?.states.find(({ version }) => version === marker.version);
  return current !== undefined && entryKeys(current).some((each) => nameOf(each) === nameOf(key));
}

async function* scanEntries({ client, name }: Table): AsyncGenerator<EntryKey> {
  let from: Record<string, unknown> | undefined;
  do {
    const { Items = [], LastEvaluatedKey } = await client.send(
      new ScanCommand({
        TableName: name,
        ConsistentRead: true,
        FilterExpression: "begins_with(pk, :lists)",
        ExpressionAttributeValues: { ":lists": listPrefix },
        ProjectionExpression: "pk, sk",
        ...(from ? { ExclusiveStartKey: from } : {}),
      }),
    );
    for (const { pk, sk } of Items) yield { pk: String(pk), sk: String(sk) };
    from = LastEvaluatedKey;
  } while (from);
}
