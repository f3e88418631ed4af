import type { Reassignment } from "@shangji/core/assignment/response/ports";
import type { Clock } from "@shangji/core/kit/context";
import { atRevision, countedItem, stillCounted, tallyKey } from "../assignment/assignment-items.ts";
import { personCheck } from "../assignment/assignments.ts";
import type { Table } from "../kit/client.ts";
import { replaceItem } from "../kit/record-store.ts";
import type { WriteItem } from "../kit/write.ts";
import { leadShape } from "../leads/leads.ts";
import { noNewNote } from "../timeline/note-count.ts";
import { clockPut } from "./clock-items.ts";

/** What an assignment writes, but for the decision, which stays that of the first one: the clock, and one open lead less for the last owner. */
export function reassignItems(
  table: Table,
  { clock: change, lead: { before, after }, counted, tally, personVersion, notes }: Reassignment,
  clock: Clock,
): WriteItem[] {
  const { ownerId: userId, id, version } = after;
  const put = (Item: object, condition: object): WriteItem => ({
    Put: { TableName: table.name, Item: { ...Item }, ...condition },
  });
  return [
    personCheck(table, { userId, version: personVersion }),
    replaceItem(table, leadShape, before, after),
    { Put: clockPut(table, change) },
    put(countedItem(id, { version, userId }, clock.now()), stillCounted(counted)),
    put({ ...tallyKey(userId), ...tally.becomes, revision: tally.was.revision + 1 }, atRevision(tally.was.revision)),
    ...(counted?.userId === undefined ? [] : [oneLess(table, counted.userId)]),
    noNewNote(table, id, notes),
  ];
}

function oneLess(table: Table, userId: string): WriteItem {
  return {
    Update: {
      TableName: table.name,
      Key: tallyKey(userId),
      UpdateExpression: "ADD #open :by, revision :one",
      ExpressionAttributeNames: { "#open": "open" },
      ExpressionAttributeValues: { ":by": -1, ":one": 1 },
    },
  };
}
