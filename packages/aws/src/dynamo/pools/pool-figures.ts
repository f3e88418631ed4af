import { QueryCommand } from "@aws-sdk/lib-dynamodb";
import { touchSteps } from "@shangji/core/pools/first-touch";
import type { PoolFigures } from "@shangji/core/pools/ports";
import type { Table } from "../kit/client.ts";
import { stepName } from "./first-touches.ts";
import { poolClaimsPrefix, poolTouchesPrefix } from "./partitions.ts";
import { queued } from "./queued.ts";

/** Entries are some 150 bytes, so a request counts about seven thousand. */
const mostCounts = 3;

/**
 * What is known of pools.
 * - how many wait and since when: Query of gsi5, at most three counts of 1 MB each, 128 RCU each; some 20,000 are counted
 * - claims since a day: Query of one partition, 0.5 RCU for each 4 KB, an item for each day of a person
 * - first touches since a day: the same, an item for each day
 */
export function poolFiguresIn(table: Table): PoolFigures {
  return {
    async waiting(poolId) {
      const first = table.client.send(new QueryCommand({ ...queued(table, poolId), Limit: 1 }));
      let size = 0;
      let from: Record<string, unknown> | undefined;
      for (let counts = 0; counts < mostCounts; counts++) {
        const { Count = 0, LastEvaluatedKey } = await table.client.send(
          new QueryCommand({ ...queued(table, poolId), Select: "COUNT", ExclusiveStartKey: from }),
        );
        size += Count;
        from = LastEvaluatedKey;
        if (!from) break;
      }
      const oldest = (await first).Items?.[0]?.queuedAt;
      return {
        size,
        isAtLeast: from !== undefined,
        ...(typeof oldest === "string" ? { oldestAt: oldest } : {}),
      };
    },
    async claimsSince(poolId, day) {
      const items = await since(table, `${poolClaimsPrefix}${poolId}`, day);
      return items.map(({ sk, count }) => {
        const [on = "", userId = ""] = String(sk).split("#");
        return { userId, day: on, count: Number(count) };
      });
    },
    async touchesSince(poolId, day) {
      const items = await since(table, `${poolTouchesPrefix}${poolId}`, day);
      const places = [...touchSteps.keys(), touchSteps.length];
      return items.map((item) => ({
        count: Number(item.count),
        seconds: Number(item.seconds),
        steps: places.map((place) => Number(item[stepName(place)] ?? 0)),
      }));
    },
  };
}

async function since(table: Table, partition: string, day: string): Promise<Record<string, unknown>[]> {
  const found: Record<string, unknown>[] = [];
  let from: Record<string, unknown> | undefined;
  do {
    const { Items = [], LastEvaluatedKey } = await table.client.send(
      new QueryCommand({
        TableName: table.name,
        KeyConditionExpression: "pk = :pool AND sk >= :day",
        ExpressionAttributeValues: { ":pool": partition, ":day": day },
        ExclusiveStartKey: from,
      }),
    );
    found.push(...Items);
    from = LastEvaluatedKey;
  } while (from);
  return found;
}
