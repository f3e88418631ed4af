import { QueryCommand } from "@aws-sdk/lib-dynamodb";
import { idPrefixes } from "@shangji/contracts/kit/entities";
import { idFrom } from "@shangji/core/kit/ids";
import { nobody } from "@shangji/core/kit/record";
import type { Lately } from "@shangji/core/recycling/ports";
import type { Table } from "../kit/client.ts";

/** Items that are looked at together. */
const pageOfItems = 100;

/** When a person first wrote a note on a record from an instant on. One that was deleted since was written all the same. */
export async function firstNoteSince(table: Table, recordId: string, from: string): Promise<string | undefined> {
  for await (const item of happenedSince(table, recordId, { from, isBackward: false, what: noteOfPerson })) {
    return String(item.createdAt);
  }
  return undefined;
}

/** Looks back from now to an instant. Strongly consistent. */
export async function latelyHappened(table: Table, recordId: string, from: string): Promise<Lately> {
  const lately: Lately = {};
  for await (const item of happenedSince(table, recordId, { from, isBackward: true, what: noteOrGiving })) {
    if (item.kind === "note") lately.notedAt ??= String(item.createdAt);
    else lately.given ??= givenBy(item);
    if (lately.notedAt !== undefined && lately.given) break;
  }
  return lately;
}

function givenBy({ at, entry, details }: Record<string, unknown>): NonNullable<Lately["given"]> {
  const { to = nobody } = (details ?? {}) as { to?: string }; // only derived entries come here
  return { at: String(at), ...(entry === "owner_changed" ? { to } : {}) };
}

interface Filter {
  FilterExpression: string;
  ExpressionAttributeNames?: Record<string, string>;
  ExpressionAttributeValues: Record<string, string>;
}

const noteOfPerson: Filter = {
  FilterExpression: "#entity = :note AND begins_with(authorId, :person)",
  ExpressionAttributeNames: { "#entity": "__edb_e__" },
  ExpressionAttributeValues: { ":note": "note", ":person": `${idPrefixes.user}_` },
};

const givings = ["created", "restored", "unmerged", "owner_changed"] as const;
const names = givings.map((_, index) => `:g${index}`);

const noteOrGiving: Filter = {
  FilterExpression: `(${noteOfPerson.FilterExpression}) OR #entry IN (${names.join(", ")})`,
  ExpressionAttributeNames: { ...noteOfPerson.ExpressionAttributeNames, "#entry": "entry" },
  ExpressionAttributeValues: {
    ...noteOfPerson.ExpressionAttributeValues,
    ...Object.fromEntries(givings.map((kind, index) => [`:g${index}`, kind])),
  },
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
        ...what,
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
