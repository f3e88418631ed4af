import { GetCommand } from "@aws-sdk/lib-dynamodb";
import { personKind } from "@shangji/core/protection/personal-data";
import type { SubjectStore } from "@shangji/core/protection/ports";
import { jitteredPause } from "../dynamo/kit/attempts.ts";
import type { Table } from "../dynamo/kit/client.ts";
import { recordKey } from "../dynamo/kit/record-key.ts";
import { entryKeys } from "../dynamo/search/entry-items.ts";
import { indexRecords } from "../dynamo/search/index-records.ts";
import { readSearchMarkers } from "../dynamo/search/search-markers.ts";

/**
 * What the search finds a person by, and those who were merged into them. An erasure does not wait for the projector to hear
 * that the record is closed: it does the same by itself. What is left is a marker without values, which refuses every
 * earlier state, however late the stream brings it.
 */
export function searchEntriesOf({ table, searchTable }: { table: Table; searchTable: Table }): SubjectStore {
  const deps = { table: searchTable, pause: jitteredPause() };
  const markersOf = async (id: string) => {
    const ids = [id, ...(await read(table, id)).absorbed];
    return readSearchMarkers(ids, deps);
  };
  return {
    name: "search",
    async read({ id }) {
      const markers = [...(await markersOf(id)).values()];
      return markers.flatMap(({ states }) => states.flatMap(({ document }) => document ?? []));
    },
    async erase({ id }) {
      const items = [...(await markersOf(id)).values()].flatMap(({ states }) => states.flatMap(entryKeys)).length;
      const own = await read(table, id);
      const persons = [own, ...(await Promise.all(own.absorbed.map((each) => read(table, each))))];
      const gone = persons.flatMap(({ id, version, isDeleted }) =>
        version !== undefined && isDeleted ? [{ kind: personKind(id), id, version, document: null }] : [],
      );
      await indexRecords(gone, deps);
      return { items };
    },
  };
}

interface Person {
  id: string;
  /** Undefined when there is no such record. */
  version: number | undefined;
  isDeleted: boolean;
  absorbed: readonly string[];
}

async function read(table: Table, id: string): Promise<Person> {
  const Key = recordKey("id", "contact", id);
  const { Item = {} } = await table.client.send(new GetCommand({ TableName: table.name, Key, ConsistentRead: true }));
  const { version, deletedAt, absorbed = [] } = Item as { version?: number; deletedAt?: string; absorbed?: string[] }; // as every record has them
  return { id, version, isDeleted: deletedAt !== undefined, absorbed };
}
