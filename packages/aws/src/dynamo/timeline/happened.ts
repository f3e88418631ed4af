import { QueryCommand } from "@aws-sdk/lib-dynamodb";
import { idPrefixes } from "@shangji/contracts/kit/entities";
import { idFrom } from "@shangji/core/kit/ids";
import { nobody } from "@shangji/core/kit/record";
import type { Lately } from "@shangji/core/recycling/ports";
import { answeredAt, type TouchNote, touchedAt } from "@shangji/core/timeline/touch";
import type { Table } from "../kit/client.ts";

/** Items that are looked at together. */
const pageOfItems = 100;

/** When a person first answered by a note for whoever has had a record since an instant. A note that was deleted since was written all the same. */
export async function firstAnswerSince(table: Table, recordId: string, from: string): Promise<string | undefined> {
  for await (const item of happenedSince(table, recordId, { from, isBackward: false, what: notes })) {
    const at = answeredAt(touchNoteOf(item), from);
    if (at !== undefined) return at;
  }
  return undefined;
}

/** Looks back from now to an instant. Strongly consistent. */
export async function latelyHappened(table: Table, recordId: string, from: string): Promise<Lately> {
  const lately: Lately = {};
  for await (const item of happenedSince(table, recordId, { from, isBackward: true, what: notesAndGivings })) {
    // Nobody writes down what is still to come, so nothing before this can be later than what is known.
    if (lately.given && lately.touchedAt !== undefined && writtenAt(item) <= lately.touchedAt) break;
    if (item.kind !== "note") {
      lately.given ??= givenBy(item);
      continue;
    }
    const at = touchedAt(touchNoteOf(item));
    if (at !== undefined && at > (lately.touchedAt ?? "")) lately.touchedAt = at;
  }
  return lately;
}

function touchNoteOf(item: Record<string, unknown>): TouchNote {
  return item as unknown as TouchNote; // a note, or what is left of one, has these fields
}

function writtenAt({ createdAt, at }: Record<string, unknown>): string {
  return String(createdAt ?? at);
}

function givenBy({ at, entry, details }: Record<string, unknown>): NonNullable<Lately["given"]> {
  const { to = nobody } = (details ?? {}) as { to?: string }; // only derived entries come here
  return { at: String(at), ...(entry === "owner_changed" ? { to } : {}) };
}

/** Which items are looked at. */
interface Filter {
  FilterExpression: string;
  ExpressionAttributeValues: Record<string, string>;
}

const notes: Filter = {
  FilterExpression: "#entity = :note",
  ExpressionAttributeValues: { ":note": "note" },
};

const givings = ["created", "restored", "unmerged", "owner_changed"] as const;
const names = givings.map((_, index) => `:g${index}`);

const notesAndGivings: Filter = {
  FilterExpression: `${notes.FilterExpression} OR #entry IN (${names.join(", ")})`,
  ExpressionAttributeValues: {
    ...notes.ExpressionAttributeValues,
    ...Object.fromEntries(givings.map((kind, index) => [`:g${index}`, kind])),
  },
};

/** What is looked at of notes, which is not their text, and of entries. */
const fields = ["kind", "createdAt", "authorId", "channel", "outcome", "happenedAt", "at", "entry", "details"] as const;
const projection = {
  ProjectionExpression: fields.map((field) => `#${field}`).join(", "),
  ExpressionAttributeNames: Object.fromEntries(fields.map((field) => [`#${field}`, field])),
};

/** Items of a timeline lie by the time at which they were written. Query, consistent: 1 RCU for 4 KB. */
async function* happenedSince(
  table: Table,
  recordId: string,
  { from, isBackward, what }: { from: string; isBackward: boolean; what: Filter },
): AsyncIterable<Record<string, unknown>> {
  const place = idFrom("note", new Date(from), new Uint8Array(10)).slice(idPrefixes.note.length + 1);
  let after: Record<string, unknown> | undefined;
  do {
    const { Items = [], LastEvaluatedKey } = await table.client.send(
      new QueryCommand({
        TableName: table.name,
        KeyConditionExpression: "pk = :record AND sk BETWEEN :from AND :end",
        ...projection,
        FilterExpression: what.FilterExpression,
        ExpressionAttributeNames: { ...projection.ExpressionAttributeNames, "#entity": "__edb_e__" },
        ExpressionAttributeValues: {
          ...what.ExpressionAttributeValues,
          ":record": recordId,
          ":from": `timeline#${place}`,
          ":end": "timeline#~",
        },
        ScanIndexForward: !isBackward,
        ConsistentRead: true,
        Limit: pageOfItems,
        ExclusiveStartKey: after,
      }),
    );
    yield* Items;
    after = LastEvaluatedKey;
  } while (after);
}
