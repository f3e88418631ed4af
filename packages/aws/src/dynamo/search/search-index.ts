import { QueryCommand } from "@aws-sdk/lib-dynamodb";
import type { EntryList, SearchIndex } from "@shangji/core/search/ports";
import type { Table } from "../kit/client.ts";
import { entryOf, indexOfAllKinds, indexOfLane, listPartition } from "./entry-items.ts";

/** What a request costs that finds nothing; the engine for tests counts that as none. */
const leastUnits = 0.5;

/**
 * The lists of the search index, in its own table.
 * - of everybody's records of a kind: Query of the partition; of all kinds, of an owner's or a team's: Query of an index; 0.5
 *   RCU for about twenty entries
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

function rangeOf(list: EntryList, below: string | undefined) {
  const { index, names = {}, conditions, values } = listed(list);
  return {
    ...(index ? { IndexName: index } : {}),
    KeyConditionExpression: [...conditions, ...(below === undefined ? [] : ["sk < :below"])].join(" AND "),
    ...(Object.keys(names).length > 0 ? { ExpressionAttributeNames: names } : {}),
    ExpressionAttributeValues: { ...values, ...(below === undefined ? {} : { ":below": below }) },
  };
}

function listed({ kind, key, lane }: EntryList) {
  if (kind === "any") {
    return { index: indexOfAllKinds, names: { "#key": "key" }, conditions: ["#key = :key"], values: { ":key": key } };
  }
  const values = { ":list": listPartition(kind, key) };
  if (lane.by === "all") return { conditions: ["pk = :list"], values };
  const { index, attribute } = indexOfLane[lane.by];
  return { index, conditions: ["pk = :list", `${attribute} = :lane`], values: { ...values, ":lane": lane.id } };
}
