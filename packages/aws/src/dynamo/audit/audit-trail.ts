import type { AuditTrail } from "@shangji/core/audit/ports";
import type { Table } from "../kit/client.ts";
import { insertAll } from "../kit/insert-all.ts";
import type { SealingKeys } from "../protection/subject-keys.ts";
import { itemOf } from "./audit-items.ts";
import { readHistory } from "./read-history.ts";
import { readTrail } from "./read-trail.ts";
import { openEntries, sealEntries } from "./sealed-entries.ts";

/**
 * The trail, in its own table (`audit-table.ts`).
 * - entries: inserted where there are none, 25 in a request, 1 WCU a KB and as much for the index
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
      // What is there already was told of before: the stream repeats itself.
      await insertAll(
        table,
        (await sealEntries(entries, keys)).map((entry) => itemOf(entry, retentionDays)),
      );
    },
  };
}
