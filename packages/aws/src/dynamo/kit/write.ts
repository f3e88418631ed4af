import { PutCommand, TransactWriteCommand, type TransactWriteCommandInput } from "@aws-sdk/lib-dynamodb";
import type { Table } from "./client.ts";
import { refusalOf } from "./refusal.ts";

export type WriteItem = NonNullable<TransactWriteCommandInput["TransactItems"]>[number];

/**
 * One write goes alone; several go in one transaction, the first `records` of them the records that must be as they were
 * read. `claim` is what `takeClaim` gives: none, or the one item that says that a call has had its effect.
 * @throws DomainError as `refusalOf` says
 */
export async function write(
  table: Table,
  effect: WriteItem[],
  claim: WriteItem[] = [],
  { records = 1 }: { records?: number } = {},
): Promise<void> {
  const items = [...effect, ...claim];
  try {
    const [first] = items;
    if (items.length > 1) await table.client.send(new TransactWriteCommand({ TransactItems: items }));
    else if (first?.Put) await table.client.send(new PutCommand(first.Put));
  } catch (error) {
    throw refusalOf(error, { records, ...(claim.length > 0 ? { claimAt: effect.length } : {}) });
  }
}
