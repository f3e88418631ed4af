import { QueryCommand } from "@aws-sdk/lib-dynamodb";
import type { EntryList, SearchIndex } from "@shangji/core/search/ports";
import type { Table } from "../kit/client.ts";
import { entryOf, indexOfLane, listPartition } from "./entry-items.ts";

/** What a request costs that finds nothing; the engine for tests counts that as none. */
const leastUnits = 0.5;

/**
 * The lists of the search index, in its own table.
 * - of everybody's records: Query of the partition; of an owner's or a team's: Query of an index; 0.5 RCU for about
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
  const conditions = ["pk = :list"];
  const values: Record<string, string> = { ":list": listPartition(kind, key) };
  if (lane.by !== "all") {
    conditions.push(`${indexOfLane[lane.by].attribute} = :lane`);
    values[":lane"] = lane.id;
  }
  if (below !== undefined) {
    conditions.push("sk < :below");
    values[":below"] = below;
  }
  return {
    ...(lane.by === "all" ? {} : { IndexName: indexOfLane[lane.by].index }),
    KeyConditionExpression: conditions.join(" AND "),
    ExpressionAttributeValues: values,
  };
}
