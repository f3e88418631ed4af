import { QueryCommand } from "@aws-sdk/lib-dynamodb";
import type { PooledLeads } from "@shangji/core/pools/ports";
import type { Table } from "../kit/client.ts";
import { leadsIn } from "../leads/leads.ts";
import { poolClaimsPrefix, poolQueue } from "./partitions.ts";

/** Entries are some 150 bytes, so a request counts about seven thousand. */
const mostCounts = 3;

/**
 * What waits in pools.
 * - a page: Query of gsi5, longest first, and BatchGetItem of the leads; 0.5 RCU and 0.5 RCU each
 * - how many and since when: Query of gsi5, at most three counts of 1 MB each, 128 RCU each; some 20,000 are counted
 * - claims since a day: Query of one partition, 0.5 RCU for each 4 KB, an item for each day of a person
 */
export function pooledLeadsIn(table: Table): PooledLeads {
  const leads = leadsIn(table);
  const queued = (poolId: string) => ({
    TableName: table.name,
    IndexName: "gsi5",
    KeyConditionExpression: "queue = :queue",
    ExpressionAttributeValues: { ":queue": poolQueue(poolId) },
  });
  return {
    async list(poolId, { limit, after }) {
      const { Items = [], LastEvaluatedKey: next } = await table.client.send(
        new QueryCommand({ ...queued(poolId), Limit: limit, ExclusiveStartKey: after }),
      );
      const ids = Items.map(({ pk }) => String(pk));
      const found = await leads.getMany(ids);
      // The index follows its records a moment later.
      const items = ids.flatMap((id) => {
        const lead = found.get(id);
        return lead?.status === "pooled" && lead.pool?.poolId === poolId ? [lead] : [];
      });
      return next ? { items, next } : { items };
    },
    async waiting(poolId) {
      const first = table.client.send(new QueryCommand({ ...queued(poolId), Limit: 1 }));
      let size = 0;
      let from: Record<string, unknown> | undefined;
      for (let counts = 0; counts < mostCounts; counts++) {
        const { Count = 0, LastEvaluatedKey } = await table.client.send(
          new QueryCommand({ ...queued(poolId), Select: "COUNT", ExclusiveStartKey: from }),
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
      const claims: { userId: string; day: string; count: number }[] = [];
      let from: Record<string, unknown> | undefined;
      do {
        const { Items = [], LastEvaluatedKey } = await table.client.send(
          new QueryCommand({
            TableName: table.name,
            KeyConditionExpression: "pk = :pool AND sk >= :day",
            ExpressionAttributeValues: { ":pool": `${poolClaimsPrefix}${poolId}`, ":day": day },
            ExclusiveStartKey: from,
          }),
        );
        for (const { sk, count } of Items) {
          const [on = "", userId = ""] = String(sk).split("#");
          claims.push({ userId, day: on, count: Number(count) });
        }
        from = LastEvaluatedKey;
      } while (from);
      return claims;
    },
  };
}
