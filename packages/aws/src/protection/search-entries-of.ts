import { GetCommand } from "@aws-sdk/lib-dynamodb";
import type { SubjectStore } from "@shangji/core/protection/ports";
import { jitteredPause } from "../dynamo/analytics/projector-deps.ts";
import type { Table } from "../dynamo/kit/client.ts";
import { recordKey } from "../dynamo/kit/record-key.ts";
import { recordOf } from "../dynamo/kit/record-store.ts";
import { indexRecords } from "../dynamo/search/index-records.ts";

/**
 * The words that the search index has of a contact. The projector would take them out as well, but only once the stream
 * has come to it. They are words of the record, so an export has them already.
 */
export function searchEntriesOf({ table }: { table: Table }): SubjectStore {
  return {
    name: "search",
    async read() {
      return [];
    },
    async erase({ id }) {
      const Key = recordKey("id", "contact", id);
      const { Item } = await table.client.send(new GetCommand({ TableName: table.name, Key, ConsistentRead: true }));
      if (!Item) return { items: 0 };
      const { version } = recordOf(Item) as { version: number }; // every record has one
      // It was closed before anything is erased; whatever it says of itself, it is to stand in no list.
      await indexRecords([{ kind: "contact", id, version, document: null }], { table, pause: jitteredPause() });
      return { items: 1 };
    },
  };
}
