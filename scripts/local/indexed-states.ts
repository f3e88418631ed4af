import { paginateScan } from "@aws-sdk/lib-dynamodb";
import type { Table } from "@shangji/aws/dynamo/kit/client";
import { deletedKind, recordOf } from "@shangji/aws/dynamo/kit/record-store";
import { ownedEntities } from "@shangji/contracts/kit/entities";
import type { ChangedRecord } from "@shangji/core/events/record-change";
import { type IndexedState, indexedState } from "@shangji/core/search/indexed-state";

/** The kind of a record by the name under which it stands in a lane; deleted ones have a name of their own. */
const kinds = new Map(ownedEntities.flatMap((kind) => [kind, deletedKind(kind)].map((name) => [name, kind] as const)));

/**
 * Every record that a search may find, as the search index is to hold it; deleted ones too. Goes through the lanes of teams,
 * in which all of them stand, and little else: a fifth of what lies in the table. They may be a moment behind it, as the
 * search index is.
 */
export async function* indexedStates({ client, name }: Table): AsyncGenerator<IndexedState> {
  for await (const { Items = [] } of paginateScan({ client }, { TableName: name, IndexName: "gsi2" })) {
    for (const item of Items) {
      const kind = kinds.get(String(item.kind));
      if (kind) yield indexedState(kind, recordOf(item) as ChangedRecord); // what has such a kind is a record
    }
  }
}
