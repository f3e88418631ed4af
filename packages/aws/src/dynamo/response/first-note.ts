import { QueryCommand } from "@aws-sdk/lib-dynamodb";
import { idPrefixes } from "@shangji/contracts/kit/entities";
import { idFrom } from "@shangji/core/kit/ids";
import type { Table } from "../kit/client.ts";

/** Entries of a timeline that are looked through at once. */
const pageOfNotes = 100;

/**
 * When a person first wrote a note on a record from an instant on, strongly consistent. Notes lie by the time at which they were
 * written. One that was deleted since was written all the same.
 */
export async function firstNote(table: Table, recordId: string, from: string): Promise<string | undefined> {
  const place = idFrom("note", new Date(from), new Uint8Array(10)).slice(idPrefixes.note.length + 1);
  let after: Record<string, unknown> | undefined;
  do {
    const { Items = [], LastEvaluatedKey } = await table.client.send(
      new QueryCommand({
        TableName: table.name,
        KeyConditionExpression: "pk = :record AND sk BETWEEN :from AND :end",
        FilterExpression: "#entity = :note AND begins_with(authorId, :person)",
        ExpressionAttributeNames: { "#entity": "__edb_e__" },
        ExpressionAttributeValues: {
          ":record": recordId,
          ":from": `timeline#${place}`,
          ":end": "timeline#~",
          ":note": "note",
          ":person": `${idPrefixes.user}_`,
        },
        ConsistentRead: true,
        Limit: pageOfNotes,
        ExclusiveStartKey: after,
      }),
    );
    if (Items[0]) return String(Items[0].createdAt);
    after = LastEvaluatedKey;
  } while (after);
  return undefined;
}
