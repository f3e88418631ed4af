import { PutCommand, TransactWriteCommand, type TransactWriteCommandInput } from "@aws-sdk/lib-dynamodb";
import type { Table } from "./client.ts";
import { refusalOf } from "./refusal.ts";

export type WriteItem = NonNullable<TransactWriteCommandInput["TransactItems"]>[number];

/**
 * One write goes alone; several go in one transaction, the first of them the record. `claim` is what `takeClaim` gives: none, or
 * the one item that says that a call has had its effect.
 * @throws DomainError as `refusalOf` says
 */
export async function write(table: Table, effect: WriteItem[], claim: WriteItem[] = []): Promise<void> {
  await writeRecords(table, { records: effect.slice(0, 1), others: effect.slice(1), claim });
}

/**
 * The same for several records, whose versions are all checked; `others` are unique values and links.
 * @throws DomainError as `refusalOf` says
 */
export async function writeRecords(
  table: Table,
  { records, others = [], claim = [] }: { records: WriteItem[]; others?: WriteItem[]; claim?: WriteItem[] },
): Promise<void> {
  const items = [...records, ...others, ...claim];
  try {
    const [first] = items;
    if (items.length > 1) await table.client.send(new TransactWriteCommand({ TransactItems: items }));
    else if (first?.Put) await table.client.send(new PutCommand(first.Put));
  } catch (error) {
    throw refusalOf(error, claim.length > 0 ? records.length + others.length : undefined, records.length);
  }
}
