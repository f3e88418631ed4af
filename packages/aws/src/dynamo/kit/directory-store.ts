import { QueryCommand } from "@aws-sdk/lib-dynamodb";
import type { Clock } from "@shangji/core/kit/context";
import type { DirectoryStore, Stored } from "@shangji/core/kit/record";
import type { Table } from "./client.ts";
import { fromItem, type RecordShape, recordStore } from "./record-store.ts";

/** How long a directory may be served from memory. */
const freshMilliseconds = 30_000;

/** A directory that can drop what it remembers, for adapters that write past it. */
export type ForgettingDirectory<T> = DirectoryStore<T> & { forget(): void };

/** Store of a small kind of record, read as a whole and kept in memory for half a minute. */
export function directoryStore<T extends { id: string; version: number }>(
  table: Table,
  shape: RecordShape<T>,
  clock: Clock,
): ForgettingDirectory<T> {
  const records = recordStore(table, shape);
  let known: { at: number; all: Promise<readonly Stored<T>[]> } | undefined;

  function all(): Promise<readonly Stored<T>[]> {
    const now = clock.now().getTime();
    if (!known || now - known.at > freshMilliseconds || now < known.at) {
      const reading = readAll(table, shape);
      known = { at: now, all: reading };
      // A failed read must not be remembered.
      reading.catch(() => {
        known = undefined;
      });
    }
    return known.all;
  }

  /** What this process has written is seen by it at once. */
  function forgetting<A extends unknown[]>(write: (...args: A) => Promise<void>) {
    return async (...args: A): Promise<void> => {
      await write(...args);
      known = undefined;
    };
  }

  return {
    ...records,
    create: forgetting(records.create),
    update: forgetting(records.update),
    remove: forgetting(records.remove),
    all,
    forget() {
      known = undefined;
    },
    async cached(id) {
      return (await all()).find((record) => record.id === id) ?? records.get(id);
    },
    async list({ limit, after }) {
      const { Items, LastEvaluatedKey } = await table.client.send(
        new QueryCommand({ ...queryOf(table, shape), Limit: limit, ExclusiveStartKey: after }),
      );
      const items = (Items ?? []).filter((item) => item.deletedAt === undefined).map((item) => fromItem(shape, item));
      return LastEvaluatedKey ? { items, next: LastEvaluatedKey } : { items };
    },
  };
}

function queryOf<T>(table: Table, shape: RecordShape<T>) {
  return {
    TableName: table.name,
    KeyConditionExpression: "pk = :directory",
    ExpressionAttributeValues: { ":directory": `directory#${shape.kind}` },
  };
}

async function readAll<T>(table: Table, shape: RecordShape<T>): Promise<readonly Stored<T>[]> {
  const records: Stored<T>[] = [];
  let from: Record<string, unknown> | undefined;
  do {
    const { Items, LastEvaluatedKey } = await table.client.send(
      new QueryCommand({ ...queryOf(table, shape), ExclusiveStartKey: from }),
    );
    for (const item of Items ?? []) if (item.deletedAt === undefined) records.push(fromItem(shape, item));
    from = LastEvaluatedKey;
  } while (from);
  return records;
}
