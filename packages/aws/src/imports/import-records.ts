import { QueryCommand } from "@aws-sdk/lib-dynamodb";
import type { ImportRecords } from "@shangji/core/imports/ports";
import type { Clock } from "@shangji/core/kit/context";
import type { StoredRecord } from "@shangji/core/kit/record";
import { accountsIn } from "../dynamo/accounts/accounts.ts";
import { contactsIn } from "../dynamo/contacts/contacts.ts";
import type { Table } from "../dynamo/kit/client.ts";
import { recordKey } from "../dynamo/kit/record-key.ts";
import { recordOf } from "../dynamo/kit/record-store.ts";
import { batchGet, findUnique } from "../dynamo/kit/unique-values.ts";
import { leadsIn } from "../dynamo/leads/leads.ts";
import { teamsIn } from "../dynamo/people/teams.ts";
import { usersIn } from "../dynamo/people/users.ts";
import { pipelinesIn } from "../dynamo/pipelines/pipelines.ts";
import { productsIn } from "../dynamo/products/products.ts";
import { importKeys } from "./import-keys.ts";
import { importShapes } from "./shapes.ts";

const keysInABatch = 100;
/** So many index queries are under way at once; more only wait for a connection. */
const queriesAtOnce = 16;

/** Looks up what rows refer to and mean, many at a time: BatchGet by id and unique value, one small Query per name of an account. */
export function importRecordsIn(table: Table, clock: Clock): ImportRecords {
  const matches = { account: accountsIn(table), contact: contactsIn(table), lead: leadsIn(table) };
  return {
    async getMany(kind, ids) {
      const keys = ids.map((id) => recordKey(importShapes[kind].key, kind, id));
      const found = new Map<string, StoredRecord>();
      for (const item of await readAll(table, keys)) {
        // An item under a record's key is that record.
        if (item.deletedAt === undefined) found.set(String(item.id), recordOf(item) as unknown as StoredRecord);
      }
      return found;
    },
    async findByUnique(kind, field, values) {
      const found = new Map<string, string>();
      const distinct = [...new Set(values)];
      const parts = await Promise.all(
        slices(distinct, keysInABatch).map((part) => findUnique(table, kind, field, part)),
      );
      for (const part of parts) for (const [value, id] of part) found.set(value, id);
      return found;
    },
    matches: (kind) => matches[kind],
    async findAccountsByName(names) {
      const found = new Map<string, string[]>();
      const accounts = accountsIn(table);
      for (const part of slices([...new Set(names)], queriesAtOnce)) {
        for (const [name, ids] of await accounts.findByName(part)) found.set(name, ids);
      }
      return found;
    },
    async directories() {
      // New stores remember nothing, so what was written a moment ago is seen.
      const [users, teams, products, pipelines] = await Promise.all([
        usersIn(table, clock).all(),
        teamsIn(table, clock).all(),
        productsIn(table, clock).all(),
        pipelinesIn(table, clock).all(),
      ]);
      return { users, teams, products, pipelines };
    },
    changedRows: (id, chunk) => changedRows(table, id, chunk),
    async claimed(id, keys) {
      const byPk = new Map(keys.map((key) => [importKeys.claim(id, key).pk, key]));
      const items = await readAll(
        table,
        [...byPk.values()].map((key) => importKeys.claim(id, key)),
      );
      return new Map(items.map((item) => [byPk.get(String(item.pk)) ?? "", String(item.recordId)]));
    },
  };
}

async function changedRows(table: Table, id: string, chunk: number): Promise<Set<number>> {
  const rows = new Set<number>();
  let from: Record<string, unknown> | undefined;
  do {
    const { Items = [], LastEvaluatedKey } = await table.client.send(
      new QueryCommand({
        TableName: table.name,
        KeyConditionExpression: "pk = :chunk",
        ExpressionAttributeValues: { ":chunk": importKeys.receipts(id, chunk) },
        ConsistentRead: true,
        ExclusiveStartKey: from,
      }),
    );
    for (const { row } of Items) rows.add(Number(row));
    from = LastEvaluatedKey;
  } while (from);
  return rows;
}

async function readAll(table: Table, keys: readonly { pk: string; sk: string }[]): Promise<Record<string, unknown>[]> {
  const parts = slices(keys, keysInABatch).map(async (part) => {
    const items: Record<string, unknown>[] = [];
    for await (const item of batchGet(table, part, { consistent: true })) items.push(item);
    return items;
  });
  return (await Promise.all(parts)).flat();
}

function slices<T>(list: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(list.length / size) }, (_, index) =>
    list.slice(index * size, (index + 1) * size),
  );
}
