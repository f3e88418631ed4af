import type { UniqueValue } from "@shangji/core/kit/record";
import type { ChildKind, Mergeable, MergeJournal } from "@shangji/core/merges/ports";
import { accountShape } from "../accounts/accounts.ts";
import { contactShape } from "../contacts/contacts.ts";
import type { Table } from "../kit/client.ts";
import { type RecordShape, replaceItem, uniquesOf } from "../kit/record-store.ts";
import { freeValue, moveValue, takeValue } from "../kit/unique-values.ts";
import type { WriteItem } from "../kit/write.ts";
import { opportunityShape } from "../opportunities/opportunities.ts";

/** How each kind of record that merges touch is stored. */
export const shapes: Readonly<Record<ChildKind, RecordShape<Mergeable>>> = {
  account: ofAnyKind(accountShape),
  contact: ofAnyKind(contactShape),
  opportunity: ofAnyKind(opportunityShape),
};

/** A record always comes with its kind, so it is only ever given to the shape of its own. */
function ofAnyKind<T>(shape: RecordShape<T>): RecordShape<Mergeable> {
  return shape as unknown as RecordShape<Mergeable>; // as said above
}

/** The writes that replace both records and hand their unique values over; the records come first. */
export function exchangeItems(table: Table, kind: "account" | "contact", { winner, loser }: MergeJournal): WriteItem[] {
  const shape = shapes[kind];
  const records = [winner, loser];
  const before = holders(
    shape,
    records.map((record) => record.before),
  );
  const after = holders(
    shape,
    records.map((record) => record.after),
  );
  const keys = new Set([...before.keys(), ...after.keys()]);
  const values = [...keys].flatMap((key): WriteItem[] => {
    const from = before.get(key);
    const to = after.get(key);
    const unique = from?.unique ?? to?.unique;
    if (!unique || from?.id === to?.id) return [];
    if (!to) return from ? [freeValue(table, kind, unique, from.id)] : [];
    return [
      from ? moveValue(table, kind, unique, { from: from.id, to: to.id }) : takeValue(table, kind, unique, to.id),
    ];
  });
  return [...records.map((record) => replaceItem(table, shape, record.before, record.after)), ...values];
}

/** Which living record has which unique value. */
function holders(shape: RecordShape<Mergeable>, records: readonly Mergeable[]) {
  const living = records.filter(({ deletedAt }) => deletedAt === undefined);
  return new Map(
    living.flatMap((record) =>
      uniquesOf(shape, record).map((unique): [string, { unique: UniqueValue; id: string }] => [
        `${unique.field}#${unique.value}`,
        { unique, id: record.id },
      ]),
    ),
  );
}

const movedPrefix = "moved#";

/** Note of a child that a merge has moved, in the partition of the merge. */
export function movedKey(mergeId: string, childId: string) {
  return { pk: mergeId, sk: `${movedPrefix}${childId}` };
}

export function movedQuery(table: Table, mergeId: string, limit: number) {
  return {
    TableName: table.name,
    KeyConditionExpression: "pk = :merge AND begins_with(sk, :moved)",
    ExpressionAttributeValues: { ":merge": mergeId, ":moved": movedPrefix },
    ConsistentRead: true,
    Limit: limit,
  };
}

export function movedId({ sk }: Record<string, unknown>): string {
  return String(sk).slice(movedPrefix.length);
}

/** What both records were, beside the merge. It carries no `__edb_e__`: it is no record, and nothing of it is told. */
export function journalKey(mergeId: string) {
  return { pk: mergeId, sk: "journal" };
}
