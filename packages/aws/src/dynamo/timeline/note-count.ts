import { entityOf } from "@shangji/core/kit/ids";
import type { Table } from "../kit/client.ts";
import type { WriteItem } from "../kit/write.ts";

/** Beside a lead or an account: how many notes were written on it. Whoever takes it from somebody must know of the last one. */
export function noteCountKey(id: string) {
  return { pk: id, sk: "notes" };
}

/** Counts a note, in the transaction that writes it; only of leads and accounts anybody asks. */
export function noteCount(table: Table, recordId: string): WriteItem[] {
  const entity = entityOf(recordId);
  if (entity !== "lead" && entity !== "account") return [];
  return [
    {
      Update: {
        TableName: table.name,
        Key: noteCountKey(recordId),
        UpdateExpression: "ADD notes :one",
        ExpressionAttributeValues: { ":one": 1 },
      },
    },
  ];
}

/** The condition that no note was written since so many were counted. */
export function noNewNote(table: Table, id: string, notes: number): WriteItem {
  return {
    ConditionCheck: {
      TableName: table.name,
      Key: noteCountKey(id),
      ...(notes === 0
        ? { ConditionExpression: "attribute_not_exists(pk)" }
        : { ConditionExpression: "notes = :read", ExpressionAttributeValues: { ":read": notes } }),
    },
  };
}
