import { BatchGetCommand, type BatchGetCommandOutput } from "@aws-sdk/lib-dynamodb";
import type { OpportunityFacts } from "@shangji/core/analytics/facts";
import type { Table } from "../kit/client.ts";
import { recordKey } from "../kit/record-key.ts";
import type { ProjectorDeps } from "./projector-deps.ts";
import type { TransactionItem } from "./transact.ts";

/** What a source record has been counted with: one for each epoch, in a partition that is called as the record is. */
export interface Marker {
  version: number;
  /** Null when the record is deleted. */
  facts: OpportunityFacts | null;
  /** The journal that the contribution was committed in, if it was not applied at once. */
  journal?: string | undefined;
}

const readsPerBatch = 100;

/** Each record has a partition of its own here, too, so that none holds many markers. */
export function markerKey(epoch: string, id: string): { pk: string; sk: string } {
  return { pk: recordKey("id", "opportunity", id).pk, sk: `projection#${epoch}` };
}

/** The markers of records, read consistently. */
export async function readMarkers(
  ids: readonly string[],
  epoch: string,
  { table, pause }: Pick<ProjectorDeps, "table" | "pause">,
): Promise<Map<string, Marker>> {
  const markers = new Map<string, Marker>();
  for (let start = 0; start < ids.length; start += readsPerBatch) {
    let keys: Record<string, unknown>[] | undefined = ids
      .slice(start, start + readsPerBatch)
      .map((id) => markerKey(epoch, id));
    for (let attempt = 0; keys && keys.length > 0; attempt++) {
      if (attempt > 0) await pause(attempt);
      const { Responses, UnprocessedKeys }: BatchGetCommandOutput = await table.client.send(
        new BatchGetCommand({ RequestItems: { [table.name]: { Keys: keys, ConsistentRead: true } } }),
      );
      for (const item of Responses?.[table.name] ?? []) {
        const { version, facts, journal } = item as unknown as Marker; // only `putMarker` writes these items
        markers.set(String(item.pk), { version, facts: facts ?? null, journal });
      }
      keys = UnprocessedKeys?.[table.name]?.Keys;
    }
  }
  return markers;
}

/** Replaces the marker of a record, if it is still the one that was read. */
export function putMarker(
  table: Table,
  epoch: string,
  { id, before, after }: { id: string; before: Marker | undefined; after: Marker },
): TransactionItem {
  return {
    Put: {
      TableName: table.name,
      Item: {
        ...markerKey(epoch, id),
        version: after.version,
        facts: after.facts,
        ...(after.journal === undefined ? {} : { journal: after.journal }),
      },
      ...(before
        ? {
            ConditionExpression: "#version = :before",
            ExpressionAttributeNames: { "#version": "version" },
            ExpressionAttributeValues: { ":before": before.version },
          }
        : { ConditionExpression: "attribute_not_exists(pk)" }),
    },
  };
}
