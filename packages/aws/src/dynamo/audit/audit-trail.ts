import { ConditionalCheckFailedException } from "@aws-sdk/client-dynamodb";
import { PutCommand } from "@aws-sdk/lib-dynamodb";
import type { AuditTrail } from "@shangji/core/audit/ports";
import type { Table } from "../kit/client.ts";
import type { SealingKeys } from "../protection/subject-keys.ts";
import { itemOf } from "./audit-items.ts";
import { readHistory } from "./read-history.ts";
import { readTrail } from "./read-trail.ts";
import { openEntries, sealEntries } from "./sealed-entries.ts";

/**
 * The trail, in its own table (`audit-table.ts`).
 * - an entry: PutItem if there is none, 1 WCU a KB and as much for the index
 * - changes of a record, and of with whom it is shared: a Query of its partition for each, newest first, merged
 * - all of a time: Query of each shard of a day, day by day, merged
 * Values of persons are opened with their keys (`protection/subject-keys.ts`), one read for all of a page.
 */
export function auditTrailIn(table: Table, keys: SealingKeys): Pick<AuditTrail, "history" | "list"> {
  return {
    async history(recordId, page) {
      const { items, ...rest } = await readHistory(table, recordId, page);
      return { items: await openEntries(items, keys), ...rest };
    },
    async list(query, page) {
      const { items, ...rest } = await readTrail(table, query, page);
      return { items: await openEntries(items, keys), ...rest };
    },
  };
}

/** `retentionDays` after it was made an entry goes by itself; 0: never. A person's values are sealed with a key of `keys`. */
export function auditWriterIn(
  table: Table,
  retentionDays: number,
  keys: Pick<SealingKeys, "forSealing">,
): Pick<AuditTrail, "append"> {
  return {
    async append(entries) {
      const items = (await sealEntries(entries, keys)).map((entry) => itemOf(entry, retentionDays));
      for (let start = 0; start < items.length; start += writesAtOnce) {
        await Promise.all(items.slice(start, start + writesAtOnce).map((item) => putOnce(table, item)));
      }
    },
  };
}

/**
 * Single puts and no BatchWriteItem: IAM cannot allow a batch to put and forbid it to delete, and a batch knows no
 * conditions. Both cost the same write units.
 */
const writesAtOnce = 25;

async function putOnce(table: Table, Item: Record<string, unknown>): Promise<void> {
  try {
    await table.client.send(
      new PutCommand({ TableName: table.name, Item, ConditionExpression: "attribute_not_exists(pk)" }),
    );
  } catch (error) {
    // The stream has told of the same write before.
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
  }
}
