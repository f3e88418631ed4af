import { entityOf } from "@shangji/core/kit/ids";
import type { Table } from "../kit/client.ts";
import type { WriteItem } from "../kit/write.ts";

/** Beside a lead: how many notes were written on it. Whoever takes a lead from somebody must know of the last one. */
export function noteCountKey(leadId: string) {
  return { pk: leadId, sk: "notes" };
}

/** Counts a note, in the transaction that writes it; only of leads anybody asks. */
export function noteCount(table: Table, recordId: string): WriteItem[] {
  if (entityOf(recordId) !== "lead") return [];
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
export function noNewNote(table: Table, leadId: string, notes: number): WriteItem {
  return {
    ConditionCheck: {
      TableName: table.name,
      Key: noteCountKey(leadId),
      ...(notes === 0
        ? { ConditionExpression: "attribute_not_exists(pk)" }
        : { ConditionExpression: "notes = :read", ExpressionAttributeValues: { ":read": notes } }),
    },
  };
}
