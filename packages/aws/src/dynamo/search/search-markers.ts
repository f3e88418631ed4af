import { BatchGetCommand, type BatchGetCommandOutput } from "@aws-sdk/lib-dynamodb";
import type { IndexedState } from "@shangji/core/search/indexed-state";
import type { ProjectorDeps } from "../analytics/projector-deps.ts";
import type { TransactionItem } from "../analytics/transact.ts";
import type { Table } from "../kit/client.ts";

/**
 * What the index may hold of a record. It is written before any entry is, so an entry of a version that no marker names is
 * on its way out.
 */
export interface SearchMarker {
  /** The latest version that the index is made of. */
  version: number;
  /** Versions of which there may be entries, and what they were made of. */
  states: IndexedState[];
  /** Grows by one with each write of the marker. */
  revision: number;
}

export interface MarkerDeps extends Pick<ProjectorDeps, "pause"> {
  /** The table of the index. */
  table: Table;
}

const readsPerBatch = 100;

export function searchMarkerKey(id: string): { pk: string; sk: string } {
  return { pk: id, sk: "search" };
}

/** The markers of records, read consistently. */
export async function readSearchMarkers(
  ids: readonly string[],
  { table, pause }: MarkerDeps,
): Promise<Map<string, SearchMarker>> {
  const markers = new Map<string, SearchMarker>();
  for (let start = 0; start < ids.length; start += readsPerBatch) {
    let keys: Record<string, unknown>[] | undefined = ids.slice(start, start + readsPerBatch).map(searchMarkerKey);
    for (let attempt = 0; keys && keys.length > 0; attempt++) {
      if (attempt > 0) await pause(attempt);
      const { Responses, UnprocessedKeys }: BatchGetCommandOutput = await table.client.send(
        new BatchGetCommand({ RequestItems: { [table.name]: { Keys: keys, ConsistentRead: true } } }),
      );
      for (const item of Responses?.[table.name] ?? []) {
        const { pk, version, states, revision } = item as unknown as SearchMarker & { pk: string }; // only `putSearchMarker` writes these items
        markers.set(pk, { version, states, revision });
      }
      keys = UnprocessedKeys?.[table.name]?.Keys;
    }
  }
  return markers;
}

/** Replaces the marker of a record, if it is still the one that was read. */
export function putSearchMarker(
  table: Table,
  id: string,
  { before, after }: { before: SearchMarker | undefined; after: Pick<SearchMarker, "version" | "states"> },
): TransactionItem {
  const revision = (before?.revision ?? 0) + 1;
  return {
    Put: {
      TableName: table.name,
      Item: { ...searchMarkerKey(id), ...after, revision },
      ...(before
        ? { ConditionExpression: "revision = :before", ExpressionAttributeValues: { ":before": before.revision } }
        : { ConditionExpression: "attribute_not_exists(pk)" }),
    },
  };
}
