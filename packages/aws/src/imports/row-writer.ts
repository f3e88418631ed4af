import { TransactionCanceledException } from "@aws-sdk/client-dynamodb";
import { TransactWriteCommand } from "@aws-sdk/lib-dynamodb";
import type { Claim, RowWrite, RowWriter, RowWritten } from "@shangji/core/imports/ports";
import type { Clock } from "@shangji/core/kit/context";
import type { UniqueValue } from "@shangji/core/kit/record";
import type { Table } from "../dynamo/kit/client.ts";
import { createItem, replaceItem, uniquesOf, type WriteItem } from "../dynamo/kit/record-store.ts";
import { freeValue, takeValue } from "../dynamo/kit/unique-values.ts";
import { isBusy, reasonsOf, retryBusy } from "./busy.ts";
import { expiresAt, importKeys } from "./import-keys.ts";
import { importShapes } from "./shapes.ts";

/** Items in a transaction: as many as DynamoDB takes. */
const itemsInATransaction = 100;
const transactionsAtOnce = 4;

/** What an item of a row's transaction is there for, which tells what its refusal means. */
type Part = "record" | "receipt" | "unique" | "claim";

interface RowItems {
  index: number;
  parts: Part[];
  items: WriteItem[];
}

/**
 * Writes rows in transactions of many rows each. When one row of a transaction is refused the whole of it is, so the others go
 * again without it. A row that was written before is refused by its own record or receipt, and counts as made.
 */
export function rowWriterIn(table: Table, clock: Clock): RowWriter {
  return {
    async write(context, writes) {
      const results: RowWritten[] = writes.map(() => "made");
      const rows = writes.map((write, index) =>
        rowItems(table, write, index, { ...context, ttl: expiresAt(clock.now()) }),
      );
      let groups = grouped(rows.filter(({ items }) => items.length > 0));
      while (groups.length > 0) {
        const group = groups.splice(0, transactionsAtOnce);
        const left = await Promise.all(group.map((part) => writeGroup(table, part, results)));
        groups = [...groups, ...left.flatMap(grouped)];
      }
      return results;
    },
  };
}

/** Writes a group in one transaction; answers the rows that are to go again because others of the group were refused. */
async function writeGroup(table: Table, rows: RowItems[], results: RowWritten[]): Promise<RowItems[]> {
  try {
    await retryBusy(() =>
      table.client.send(new TransactWriteCommand({ TransactItems: rows.flatMap(({ items }) => items) })),
    );
    return [];
  } catch (error) {
    if (!(error instanceof TransactionCanceledException) || isBusy(error)) throw error;
    const codes = reasonsOf(error);
    const left: RowItems[] = [];
    let at = 0;
    for (const row of rows) {
      const refused = row.parts.filter((_, part) => codes[at + part] === "ConditionalCheckFailed");
      at += row.parts.length;
      if (refused.length === 0) left.push(row);
      else results[row.index] = meaningOf(refused, row);
    }
    if (left.length === rows.length) throw error;
    return left;
  }
}

function meaningOf(refused: readonly Part[], { parts }: RowItems): RowWritten {
  if (refused.includes("receipt")) return "made";
  // The id of a new record follows from its row, so nothing but this row has made it.
  if (refused.includes("record")) return parts.includes("receipt") ? "changed" : "made";
  return "taken";
}

interface Context {
  importId: string;
  chunk: number;
  dryRun: boolean;
  ttl: number;
}

function rowItems(table: Table, write: RowWrite, index: number, context: Context): RowItems {
  const row: RowItems = { index, parts: [], items: [] };
  const add = (part: Part, item: WriteItem) => {
    row.parts.push(part);
    row.items.push(item);
  };
  const { kind } = write;
  const shape = importShapes[kind];
  const before = write.type === "update" ? uniquesOf(shape, write.before) : [];
  const after = uniquesOf(shape, write.type === "update" ? write.after : write.record);
  const { id } = write.type === "update" ? write.after : write.record;
  if (!context.dryRun) {
    if (write.type === "create") {
      add("record", createItem(table, shape, write.record));
    } else {
      add("record", replaceItem(table, shape, write.before, write.after));
      add("receipt", putReceipt(table, write.row, context));
    }
    for (const unique of without(after, before)) add("unique", takeValue(table, kind, unique, id));
    for (const unique of without(before, after)) add("unique", freeValue(table, kind, unique, id));
  }
  if (write.type === "create") for (const claim of write.claims) add("claim", takeClaim(table, claim, id, context));
  return row;
}

function without(values: readonly UniqueValue[], others: readonly UniqueValue[]): UniqueValue[] {
  return values.filter(({ field, value }) => !others.some((other) => other.field === field && other.value === value));
}

function putReceipt(table: Table, row: number, { importId, chunk, ttl }: Context): WriteItem {
  return {
    Put: {
      TableName: table.name,
      Item: { ...importKeys.receipt(importId, chunk, row), row, ttl },
      ConditionExpression: "attribute_not_exists(pk)",
    },
  };
}

function takeClaim(table: Table, { key, exclusive }: Claim, recordId: string, { importId, ttl }: Context): WriteItem {
  const put = { TableName: table.name, Item: { ...importKeys.claim(importId, key), recordId, ttl } };
  if (!exclusive) return { Put: put };
  return {
    Put: {
      ...put,
      ConditionExpression: "attribute_not_exists(pk) OR recordId = :recordId",
      ExpressionAttributeValues: { ":recordId": recordId },
    },
  };
}

/** Fills transactions in order. No item may stand in a transaction twice, so a row that repeats one begins the next. */
function grouped(rows: readonly RowItems[]): RowItems[][] {
  const groups: RowItems[][] = [];
  let size = 0;
  let keys = new Set<string>();
  for (const row of rows) {
    const own = row.items.map(keyOf);
    const last = groups.at(-1);
    if (last && size + own.length <= itemsInATransaction && !own.some((key) => keys.has(key))) {
      last.push(row);
      size += own.length;
    } else {
      groups.push([row]);
      size = own.length;
      keys = new Set();
    }
    for (const key of own) keys.add(key);
  }
  return groups;
}

function keyOf({ Put, Update, Delete }: WriteItem): string {
  const { pk, sk } = Put?.Item ?? Update?.Key ?? Delete?.Key ?? {};
  return `${pk} ${sk}`;
}
