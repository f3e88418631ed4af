import { QueryCommand } from "@aws-sdk/lib-dynamodb";
import type { RecordStore } from "@shangji/core/kit/record";
import type { PooledKind } from "@shangji/core/pools/pooled-kind";
import type { PooledRecords } from "@shangji/core/pools/ports";
import type { Table } from "../kit/client.ts";
import { queued } from "./queued.ts";

/**
 * Records of one kind that wait in pools.
 * - a page: Query of gsi5, longest first, and BatchGetItem of the records; 0.5 RCU and 0.5 RCU each
 */
export function pooledRecordsIn<T>(
  table: Table,
  records: Pick<RecordStore<T>, "getMany">,
  { entryIn }: PooledKind<T>,
): PooledRecords<T> {
  return {
    async list(poolId, { limit, after }) {
      const { Items = [], LastEvaluatedKey: next } = await table.client.send(
        new QueryCommand({ ...queued(table, poolId), Limit: limit, ExclusiveStartKey: after }),
      );
      const ids = Items.map(({ pk }) => String(pk));
      const found = await records.getMany(ids);
      // The index follows its records a moment later.
      const items = ids.flatMap((id) => {
        const record = found.get(id);
        return record && entryIn(record)?.poolId === poolId ? [record] : [];
      });
      return next ? { items, next } : { items };
    },
  };
}
