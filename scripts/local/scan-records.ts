import type { Table } from "@shangji/aws/dynamo/kit/client";
import { recordEntity } from "@shangji/aws/dynamo/kit/record-entity";
import { fromItem, type RecordShape } from "@shangji/aws/dynamo/kit/record-store";
import type { Stored } from "@shangji/core/kit/record";

/** Every record of a kind, deleted ones included. Reads the whole table: for scripts only, never on a request path. */
export async function* scanRecords<T>(table: Table, shape: RecordShape<T>): AsyncGenerator<Stored<T>> {
  const { scan } = recordEntity(table, shape);
  let cursor: string | null = null;
  do {
    const page: { data: Record<string, unknown>[]; cursor: string | null } = await scan.go({
      consistent: true,
      cursor,
    });
    for (const item of page.data) yield fromItem(shape, item);
    cursor = page.cursor;
  } while (cursor !== null);
}
