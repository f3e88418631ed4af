import { GetCommand, QueryCommand } from "@aws-sdk/lib-dynamodb";
import type { SubjectStore } from "@shangji/core/protection/ports";
import { deleteRequests, writeAll } from "../dynamo/analytics/write-all.ts";
import type { Table } from "../dynamo/kit/client.ts";
import { recordKey } from "../dynamo/kit/record-key.ts";
import { batchGet } from "../dynamo/kit/unique-values.ts";
import { journalKey } from "../dynamo/merges/merge-items.ts";
import { notesOf } from "./notes-of.ts";

/**
 * What merges have left of a person: notes and timelines of the records that were merged into theirs, which stay where they
 * were written, and the journals, which hold both records as they were. Without a journal a merge cannot be undone.
 */
export function mergesOf({ table }: { table: Table }): SubjectStore {
  const notes = notesOf({ table });
  return {
    name: "merges",
    async read({ id, traits }) {
      const parts = await Promise.all(
        (await everyIdOf(table, id)).map(async (each) => [
          ...(each === id ? [] : await notes.read({ id: each, traits })),
          ...(await journalsOf(table, each)),
        ]),
      );
      return parts.flat();
    },
    async erase({ id, traits }, { at = 0 }: { at?: number } = {}) {
      const ids = await everyIdOf(table, id);
      const each = ids[at] ?? id;
      const ofNotes = each === id ? { items: 0 } : await notes.erase({ id: each, traits });
      if (ofNotes.next) return { items: ofNotes.items, next: { at } };
      const keys = (await mergeIdsOf(table, each)).map(journalKey);
      await writeAll({ table, pause }, deleteRequests(keys));
      const items = ofNotes.items + keys.length;
      return at + 1 < ids.length ? { items, next: { at: at + 1 } } : { items };
    },
  };
}

/** The record itself, and those that have become part of it. */
export async function everyIdOf(table: Table, id: string): Promise<string[]> {
  const Key = recordKey("id", "contact", id);
  const { Item } = await table.client.send(new GetCommand({ TableName: table.name, Key, ConsistentRead: true }));
  return [id, ...((Item?.absorbed ?? []) as string[])]; // as every record has it
}

async function journalsOf(table: Table, id: string): Promise<unknown[]> {
  const keys = (await mergeIdsOf(table, id)).map(journalKey);
  const journals: unknown[] = [];
  for await (const { journal } of batchGet(table, keys, { consistent: true }))
    journals.push(JSON.parse(String(journal)));
  return journals;
}

/** Merges that the record was in, as the one that stayed or the one that went. */
async function mergeIdsOf(table: Table, id: string): Promise<string[]> {
  const sides = [
    { IndexName: "gsi1", attribute: "ownerId" },
    { IndexName: "gsi4", attribute: "accountId" },
  ];
  const found = await Promise.all(
    sides.map(async ({ IndexName, attribute }) => {
      const ids: string[] = [];
      let from: Record<string, unknown> | undefined;
      do {
        const { Items = [], LastEvaluatedKey } = await table.client.send(
          new QueryCommand({
            TableName: table.name,
            IndexName,
            KeyConditionExpression: `kind = :kind AND ${attribute} = :id`,
            ExpressionAttributeValues: { ":kind": "merge", ":id": id },
            ExclusiveStartKey: from,
          }),
        );
        ids.push(...Items.map(({ pk }) => String(pk)));
        from = LastEvaluatedKey;
      } while (from);
      return ids;
    }),
  );
  return [...new Set(found.flat())];
}

const pause = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds));
