import { QueryCommand } from "@aws-sdk/lib-dynamodb";
import type { ErasureLedger, LedgerEntry } from "@shangji/core/protection/ports";
import type { Table } from "../kit/client.ts";
import { insertAll } from "../kit/insert-all.ts";

/** The partition of the ledger; few are ever erased, so one holds them all. */
export const ledgerPartition = "erasures";

/**
 * Who was erased: ids only, in the table of the audit trail, as nobody can alter or remove what is in it and it is restored
 * apart from the records. Entries have no end and stand in no index.
 * - an entry: inserted if there is none, 1 W
 * - all: Query of one partition
 */
export function erasureLedgerIn(auditTable: Table): ErasureLedger {
  return {
    async add({ subjectId, requestId, at }) {
      await insertAll(auditTable, [{ pk: ledgerPartition, sk: subjectId, requestId, at }]);
    },
    async *all() {
      let from: Record<string, unknown> | undefined;
      do {
        const { Items = [], LastEvaluatedKey } = await auditTable.client.send(
          new QueryCommand({
            TableName: auditTable.name,
            KeyConditionExpression: "pk = :ledger",
            ExpressionAttributeValues: { ":ledger": ledgerPartition },
            ExclusiveStartKey: from,
          }),
        );
        for (const { sk, requestId, at } of Items) yield { subjectId: sk, requestId, at } as LedgerEntry; // only `add` writes here
        from = LastEvaluatedKey;
      } while (from);
    },
  };
}
