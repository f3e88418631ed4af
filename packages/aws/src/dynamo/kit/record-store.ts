import { GetCommand } from "@aws-sdk/lib-dynamodb";
import type { IdempotencyClaim } from "@shangji/core/kit/idempotency";
import {
  type GraveStore,
  nobody,
  type Part,
  type PartStore,
  type RecordStore,
  type Stored,
  type UniqueValue,
  type Unshown,
} from "@shangji/core/kit/record";
import type { Table } from "./client.ts";
import { recordKey } from "./record-key.ts";
import { takeClaim, withSeal } from "./taken-claims.ts";
import { batchGet, findUnique, freeValue, holderOf, takeValue, uniqueKey } from "./unique-values.ts";
import { type WriteItem, write } from "./write.ts";

export type RecordAttributes = Record<string, "string" | "number" | "boolean" | "any">;

/** How one kind of record is stored. */
export interface RecordShape<T> {
  kind: string;
  key: "id" | "directory";
  /** Whether a record just written is read as such. @default only directories are, and others cost half as much */
  consistent?: boolean;
  /** Whether it is a person's, whose copies in claims must go with it. @default false */
  personal?: boolean;
  /** What is stored, besides what every record has. */
  attributes: RecordAttributes;
  /** Values that at most one living record may have. */
  uniques?: (record: T) => UniqueValue[];
  /** Attributes derived for the indexes only, such as the folded name. */
  derived?: (record: T) => Record<string, unknown>;
}

/**
 * A deleted record stands in the indexes under a kind of its own: so it has left every lane, and the deleted ones of an
 * owner or a team are a lane themselves.
 */
export function deletedKind(kind: string): string {
  return `deleted#${kind}`;
}

/** The item of a record: without gaps, with a lane for records that belong to nobody. */
export function toItem<T extends object>(
  shape: RecordShape<T>,
  record: T & Pick<Unshown, "deletedAt" | "mergedInto" | "erasure">,
): Record<string, unknown> {
  // What leads to another record, and what is being erased, stands in no index: neither comes back as a deleted one does.
  if (record.mergedInto !== undefined || record.erasure !== undefined) return { ...record };
  const item: Record<string, unknown> =
    record.deletedAt === undefined
      ? { ...record, kind: shape.kind, ...shape.derived?.(record) }
      : { ...record, kind: deletedKind(shape.kind) };
  if (shape.key === "id") {
    item.ownerId ??= nobody;
    item.teamId ??= nobody;
  }
  return item;
}

/** The record of an item; attributes that serve only the store are dropped. */
export function fromItem<T>(_shape: RecordShape<T>, item: Record<string, unknown>): Stored<T> {
  return recordOf(item) as Stored<T>; // only toItem writes this kind of item, from a value of T
}

/** Attributes that serve only the store. */
const ofTheStore = new Set([
  ...["pk", "sk", "kind", "lookup", "closesOn", "teamStatus", "queue", "queuedAt", "ttl"],
  ...["__edb_e__", "__edb_v__"],
]);

/** The record of an item of any kind. It is made anew: V8 is slow at objects that something was deleted from. */
export function recordOf(item: Record<string, unknown>): Record<string, unknown> {
  const record: Record<string, unknown> = {};
  // An account stands on the lane of the account above it.
  const isAccount = item.__edb_e__ === "account";
  for (const name of Object.keys(item)) {
    const isLane = name === "ownerId" || name === "teamId";
    if (ofTheStore.has(name) || (isLane && item[name] === nobody) || (isAccount && name === "accountId")) continue;
    record[name] = item[name];
  }
  return record;
}

/** What every part of a record needs: whose it is, and whether it is there. An account's lane looks like a field. */
const partOfAll = ["id", "ownerId", "teamId", "deletedAt", "__edb_e__"];

/** A record that was merged may lead to one that was merged later, and so on; each step is a read. */
const longestWay = 20;

/** Store of one kind of record: each method is one request, `getByUnique` two, and more only where `getMany` pages. */
export function recordStore<T extends { id: string; version: number }>(
  table: Table,
  shape: RecordShape<T>,
): RecordStore<T> & PartStore<T> & Omit<GraveStore<T>, "listDeleted"> {
  const sealed = <R extends T>(record: R, claim: IdempotencyClaim | undefined) =>
    shape.personal ? withSeal(record, claim) : record;
  const sealHolder = ({ id }: T) => recordKey(shape.key, shape.kind, id);
  const read = async (id: string, ConsistentRead: boolean) => {
    const Key = recordKey(shape.key, shape.kind, id);
    const { Item } = await table.client.send(new GetCommand({ TableName: table.name, Key, ConsistentRead }));
    return Item;
  };
  const livingIn = (item: Record<string, unknown> | undefined) =>
    item && item.deletedAt === undefined ? fromItem(shape, item) : undefined;
  return {
    async get(id) {
      return livingIn(await read(id, shape.consistent ?? shape.key === "directory"));
    },
    async getByUnique(unique) {
      const id = await holderOf(table, shape.kind, unique);
      return id === undefined ? undefined : livingIn(await read(id, true));
    },
    async survivorOf(id) {
      let item = await read(id, true);
      for (let step = 0; item?.mergedInto !== undefined && step < longestWay; step++) {
        item = await read(String(item.mergedInto), true);
      }
      return item && item.deletedAt === undefined && item.id !== id ? String(item.id) : undefined;
    },
    async getDeleted(id) {
      const item = await read(id, true);
      return item?.kind === deletedKind(shape.kind) ? fromItem(shape, item) : undefined;
    },
    async getMany(ids) {
      const keys = [...new Set(ids)].map((id) => recordKey(shape.key, shape.kind, id));
      const found = new Map<string, Stored<T>>();
      for await (const item of batchGet(table, keys, { consistent: false })) {
        if (item.deletedAt === undefined) found.set(String(item.id), fromItem(shape, item));
      }
      return found;
    },
    async getParts<F extends keyof Stored<T>>(ids: readonly string[], fields: readonly F[]) {
      const keys = [...new Set(ids)].map((id) => recordKey(shape.key, shape.kind, id));
      const only = [...new Set([...partOfAll, ...fields.map(String)])];
      const found = new Map<string, Part<Stored<T>, F>>();
      for await (const item of batchGet(table, keys, { consistent: false, only })) {
        if (item.deletedAt === undefined) found.set(String(item.id), recordOf(item) as Part<Stored<T>, F>); // of an item of T
      }
      return found;
    },
    async create(record, claim) {
      const stored = sealed(record, claim);
      await write(table, createItems(table, shape, stored), takeClaim(table, claim, stored, sealHolder(stored)));
    },
    async update(before, revised, claim) {
      const after = sealed(revised, claim);
      await write(table, replaceItems(table, shape, before, after), takeClaim(table, claim, after, sealHolder(after)));
    },
    async remove(before, after) {
      const freed = uniquesOf(shape, before).map((unique) => freeValue(table, shape.kind, unique, before.id));
      await write(table, [replaceItem(table, shape, before, after), ...freed]);
    },
    async restore(before, revised, claim) {
      const after = sealed(revised, claim);
      const taken = uniquesOf(shape, after).map((unique) => takeValue(table, shape.kind, unique, after.id));
      const effect = [replaceItem(table, shape, before, after), ...taken];
      await write(table, effect, takeClaim(table, claim, after, sealHolder(after)));
    },
    findByUnique: (field, values) => findUnique(table, shape.kind, field, values),
  };
}

/**
 * The write that adds a record. The item is one of the kind's electrodb entity (`record-entity.ts`), made without it: a
 * function would spend more time on loading electrodb than on all its other code.
 */
export function createItem<T extends { id: string }>(table: Table, shape: RecordShape<T>, record: T): WriteItem {
  return {
    Put: {
      TableName: table.name,
      Item: itemOf(shape, record),
      ConditionExpression: "attribute_not_exists(pk)",
    },
  };
}

/** An item tells electrodb, and the filters of the stream, what it is by its last two attributes. */
export const entityVersion = "1";
function itemOf<T extends { id: string }>(shape: RecordShape<T>, record: T): Record<string, unknown> {
  return {
    ...toItem(shape, record),
    ...recordKey(shape.key, shape.kind, record.id),
    __edb_e__: shape.kind,
    __edb_v__: entityVersion,
  };
}

/** The writes that add a record and take its unique values, the record first. */
export function createItems<T extends { id: string }>(table: Table, shape: RecordShape<T>, record: T): WriteItem[] {
  return [
    createItem(table, shape, record),
    ...uniquesOf(shape, record).map((unique) => takeValue(table, shape.kind, unique, record.id)),
  ];
}

/** All values that nobody else may have while this record has them: those of its fields and those that it holds besides. */
export function uniquesOf<T>({ uniques }: RecordShape<T>, record: T & Pick<Unshown, "held">): UniqueValue[] {
  const all = [...(uniques?.(record) ?? []), ...(record.held ?? [])];
  // A record may come to hold what one of its fields has as well, and no item may stand in a transaction twice.
  return [...new Map(all.map((unique) => [uniqueKey("", unique).pk, unique])).values()];
}

/**
 * The write that replaces `before` by `after`, if the stored version is still `before.version`. A put of the whole record
 * costs what an update of its changes costs, as DynamoDB counts the item, and is less work for both sides.
 */
export function replaceItem<T extends { id: string; version: number }>(
  table: Table,
  shape: RecordShape<T>,
  before: T,
  after: T & { deletedAt?: string | undefined },
): WriteItem {
  return {
    Put: {
      TableName: table.name,
      Item: itemOf(shape, after),
      ConditionExpression: "version = :expected",
      ExpressionAttributeValues: { ":expected": before.version },
    },
  };
}

/** The writes that replace a record and take and free its unique values, the record first. */
export function replaceItems<T extends { id: string; version: number }>(
  table: Table,
  shape: RecordShape<T>,
  before: T,
  after: T,
): WriteItem[] {
  const [taken, freed] = difference(uniquesOf(shape, before), uniquesOf(shape, after));
  return [
    replaceItem(table, shape, before, after),
    ...taken.map((unique) => takeValue(table, shape.kind, unique, after.id)),
    ...freed.map((unique) => freeValue(table, shape.kind, unique, after.id)),
  ];
}

/** That a record is still at the version that was read, as an item of a transaction. */
export function unchangedItem<T extends { id: string; version: number }>(
  table: Table,
  shape: RecordShape<T>,
  record: T,
): WriteItem {
  return {
    ConditionCheck: {
      TableName: table.name,
      Key: recordKey(shape.key, shape.kind, record.id),
      ConditionExpression: "version = :expected",
      ExpressionAttributeValues: { ":expected": record.version },
    },
  };
}

function difference(before: UniqueValue[], after: UniqueValue[]): [taken: UniqueValue[], freed: UniqueValue[]] {
  const missingIn = (list: UniqueValue[]) => (unique: UniqueValue) =>
    !list.some(({ field, value }) => field === unique.field && value === unique.value);
  return [after.filter(missingIn(before)), before.filter(missingIn(after))];
}

export type { WriteItem };
