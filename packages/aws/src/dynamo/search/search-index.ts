import { QueryCommand } from "@aws-sdk/lib-dynamodb";
import type { EntryList, SearchIndex } from "@shangji/core/search/ports";
import type { Table } from "../kit/client.ts";
import { entryOf, indexOfLane, listPartition } from "./entry-items.ts";

/** What a request costs that finds nothing; the engine for tests counts that as none. */
const leastUnits = 0.5;

/**
 * The lists of the search index.
 * - of everybody's records: Query of the partition; of an owner's or a team's: Query of gsi1 or gsi2; 0.5 RCU for about
 *   twenty entries
 */
export function searchIndexIn(table: Table): SearchIndex {
  return {
    async read(list, { below, most }) {
      const {
        Items = [],
        LastEvaluatedKey,
        ConsumedCapacity,
      } = await table.client.send(
        new QueryCommand({
          TableName: table.name,
          ...rangeOf(list, below),
          ScanIndexForward: false,
          Limit: most,
          ReturnConsumedCapacity: "TOTAL",
        }),
      );
      const entries = Items.map(entryOf);
      return {
        entries,
        downTo: entries.at(-1)?.place,
        readUnits: Math.max(leastUnits, ConsumedCapacity?.CapacityUnits ?? 0),
        isLast: LastEvaluatedKey === undefined,
      };
    },
  };
}

function rangeOf({ kind, key, lane }: EntryList, below: string | undefined) {
  const values = { ":list": listPartition(kind, key), ...(below === undefined ? {} : { ":below": below }) };
  const after = (place: string) => (below === undefined ? "" : ` AND ${place} < :below`);
  if (lane.by === "all") {
    return { KeyConditionExpression: `pk = :list${after("sk")}`, ExpressionAttributeValues: values };
  }
  const { index, attribute } = indexOfLane[lane.by];
  return {
    IndexName: index,
    KeyConditionExpression: `kind = :list AND ${attribute} = :lane${after("updatedAt")}`,
    ExpressionAttributeValues: { ...values, ":lane": lane.id },
  };
}
