import { TransactionCanceledException } from "@aws-sdk/client-dynamodb";
import { GetCommand, PutCommand, QueryCommand, TransactWriteCommand } from "@aws-sdk/lib-dynamodb";
import type { Note, TimelineEntry } from "@shangji/contracts/timeline/schemas";
import { isVisible, type Visibility } from "@shangji/core/access/viewer";
import { notFound } from "@shangji/core/kit/domain-error";
import type { IdempotencyClaim } from "@shangji/core/kit/idempotency";
import type { Page, PageRequest, Stored, Unshown } from "@shangji/core/kit/record";
import type { DerivedEntry, Timeline } from "@shangji/core/timeline/ports";
import type { Table } from "../kit/client.ts";
import { insertAll } from "../kit/insert-all.ts";
import { recordKey } from "../kit/record-key.ts";
import { recordOf } from "../kit/record-store.ts";
import { refusalOf } from "../kit/refusal.ts";
import { takeClaim, withSeal } from "../kit/taken-claims.ts";
import { visibleCondition } from "../kit/visible-condition.ts";
import { noteCount } from "./note-count.ts";

/**
 * Notes and derived entries, in the partition of their record: sk = `timeline#` and a ULID, which for a note is that of
 * its id. So one query is the whole timeline in order, and a note is addressed by its id.
 * - the timeline: Query newest first, and GetItem of the record in parallel; a Query more for each record that was merged
 *   into this one and each lead that was converted to it, whose notes and entries stay where they are
 * - one note: GetItem, 1 RCU
 * - a new note: one transaction with a check of the record, and of a lead with the count of its notes
 * - a deleted note: PutItem of what is left of it, so that the stream tells who has deleted it; gone after a week
 * - derived entries: inserted where there are none; the same entry has the same key
 */
export function timelineIn(table: Table): Timeline {
  return {
    list: (recordId, page, visibility) => list(table, recordId, page, visibility),
    async getNote(recordId, noteId, visibility) {
      const read = async (Key: object) =>
        (await table.client.send(new GetCommand({ TableName: table.name, Key: { ...Key }, ConsistentRead: true })))
          .Item;
      const [own, record] = await Promise.all([
        read(noteKey(recordId, noteId)),
        // Whoever sees every record needs no look at this one, if the note is its own.
        visibility && read(keyOfRecord(recordId)),
      ]);
      if (own && !visibility) return livingNote(own);
      const known = record ?? (await read(keyOfRecord(recordId)));
      if (!isLiving(known) || !isVisible(visibility, recordOf(known))) return undefined;
      if (own) return livingNote(own);
      const others = await Promise.all(absorbedBy(known).map((id) => read(noteKey(id, noteId))));
      return others.map(livingNote).find((note) => note !== undefined);
    },
    createNote: (note, visibility, claim) => createNote(table, note, { visibility, claim }),
    async updateNote(before, after) {
      const put = { TableName: table.name, Item: noteItem(after), ...ifVersion(before.version) };
      await table.client.send(new PutCommand(put)).catch(refuse);
    },
    async removeNote(before, after) {
      const put = { TableName: table.name, Item: remainsOf(after), ...ifVersion(before.version) };
      await table.client.send(new PutCommand(put)).catch(refuse);
    },
    async append(entries) {
      await insertAll(table, entries.map(itemOf));
    },
  };
}

const prefix = "timeline#";

function noteKey(recordId: string, noteId: string) {
  return { pk: recordId, sk: `${prefix}${noteId.slice(noteId.indexOf("_") + 1)}` };
}

/** `__edb_e__` names the kind of every record in the stream, so notes carry it too. */
function noteItem(note: Stored<Note>) {
  return { ...note, ...noteKey(note.recordId, note.id), kind: "note", __edb_e__: "note" };
}

/** Far longer than the stream keeps what it tells. */
const remainsDays = 7;

function remainsOf(note: Stored<Note>) {
  const { text: _, ...rest } = noteItem(note);
  return { ...rest, ttl: Math.floor(Date.parse(note.change.at) / 1000) + remainsDays * 86_400 };
}

function noteOf({ pk: _, sk: __, kind: ___, __edb_e__, ...note }: Record<string, unknown>): Stored<Note> {
  return note as unknown as Stored<Note>; // only noteItem writes this kind
}

function livingNote(item: Record<string, unknown> | undefined): Stored<Note> | undefined {
  return item?.kind === "note" && isLiving(item) ? noteOf(item) : undefined;
}

function ifVersion(version: number) {
  return { ConditionExpression: "version = :version", ExpressionAttributeValues: { ":version": version } };
}

function refuse(error: unknown): never {
  throw refusalOf(error);
}

async function list(table: Table, recordId: string, { limit, after }: PageRequest, visibility: Visibility) {
  // Only `pageOf` makes positions; the cursor that carries one is tamper-proof.
  const below = after === undefined ? undefined : String(after.sk);
  const [own, { Item: record }] = await Promise.all([
    readPart(table, recordId, { limit, below }),
    table.client.send(new GetCommand({ TableName: table.name, Key: keyOfRecord(recordId) })),
  ]);
  if (!isLiving(record) || !isVisible(visibility, recordOf(record))) return undefined;
  const others = await Promise.all(absorbedBy(record).map((id) => readPart(table, id, { limit, below })));
  return pageOf([own, ...others], limit);
}

/** What one record has of a timeline below a place: items, newest first, and how far down they have been looked at. */
interface Part {
  items: Record<string, unknown>[];
  /** Absent when that is all. */
  end?: string;
}

async function readPart(
  table: Table,
  recordId: string,
  { limit, below }: { limit: number; below: string | undefined },
): Promise<Part> {
  const { Items: items = [], LastEvaluatedKey } = await table.client.send(
    new QueryCommand({
      TableName: table.name,
      KeyConditionExpression: "pk = :record AND begins_with(sk, :prefix)",
      FilterExpression: "attribute_not_exists(deletedAt)",
      ExpressionAttributeValues: { ":record": recordId, ":prefix": prefix },
      ScanIndexForward: false,
      Limit: limit,
      ExclusiveStartKey: below === undefined ? undefined : { pk: recordId, sk: below },
    }),
  );
  return LastEvaluatedKey ? { items, end: String(LastEvaluatedKey.sk) } : { items };
}

/** A page of several parts, as far down as all of them have been looked at. */
function pageOf(parts: readonly Part[], limit: number): Page<TimelineEntry> {
  const ends = parts.flatMap(({ end }) => end ?? []).sort();
  const end = ends.at(-1);
  const known = parts
    .flatMap(({ items }) => items)
    .filter(({ sk }) => end === undefined || String(sk) >= end)
    .sort((left, right) => (String(left.sk) > String(right.sk) ? -1 : 1));
  const shown = known.slice(0, limit);
  const items = shown.map(entryOf);
  if (known.length > limit) return { items, next: { sk: String(shown.at(-1)?.sk) } };
  return end === undefined ? { items } : { items, next: { sk: end } };
}

/** Records that have become part of this one, and leads that have become this one. */
function absorbedBy(record: Record<string, unknown>): readonly string[] {
  const { absorbed = [], leadIds = [] } = recordOf(record) as Unshown; // as every record has them
  return [...absorbed, ...leadIds];
}

function isLiving(record: Record<string, unknown> | undefined): record is Record<string, unknown> {
  return record !== undefined && record.deletedAt === undefined;
}

function entryOf(item: Record<string, unknown>): TimelineEntry {
  if (item.kind === "note") {
    const note = noteOf(item);
    return { id: note.id, at: note.createdAt, kind: "note", actorId: note.authorId, note };
  }
  const { id, at, entry, actorId, details } = item;
  return { id, at, kind: entry, actorId, ...(details ? { details } : {}) } as TimelineEntry; // only append writes it
}

/** Accounts, contacts and opportunities all have a partition of their own. */
function keyOfRecord(recordId: string) {
  return recordKey("id", "", recordId);
}

async function createNote(
  table: Table,
  note: Stored<Note>,
  { visibility, claim }: { visibility: Visibility; claim: IdempotencyClaim | undefined },
): Promise<void> {
  // A record that is shared with the caller needs no owner or team.
  const seen = visibleCondition(visibility?.recordIds.includes(note.recordId) ? undefined : visibility);
  const living = {
    TableName: table.name,
    Key: keyOfRecord(note.recordId),
    ...seen,
    ConditionExpression: `attribute_exists(pk) AND attribute_not_exists(deletedAt)${seen.ConditionExpression}`,
  };
  const sealed = withSeal(note, claim);
  const added = { TableName: table.name, Item: noteItem(sealed), ConditionExpression: "attribute_not_exists(pk)" };
  const effect = [{ ConditionCheck: living }, { Put: added }, ...noteCount(table, note.recordId)];
  try {
    const TransactItems = [...effect, ...takeClaim(table, claim, sealed, noteKey(note.recordId, note.id))];
    await table.client.send(new TransactWriteCommand({ TransactItems }));
  } catch (error) {
    const [record] = error instanceof TransactionCanceledException ? (error.CancellationReasons ?? []) : [];
    throw record?.Code === "ConditionalCheckFailed"
      ? notFound()
      : refusalOf(error, { claimAt: claim && effect.length });
  }
}

/** Carries no `__edb_e__`: a derived entry is no record, and the stream readers pass it by. */
function itemOf({ recordId, kind, ...entry }: DerivedEntry) {
  return { ...entry, pk: recordId, sk: `${prefix}${entry.id}`, kind: "timelineEntry", entry: kind };
}
