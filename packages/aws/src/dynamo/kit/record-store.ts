import { GetCommand } from "@aws-sdk/lib-dynamodb";
import { nobody, type RecordStore, type Stored, type UniqueValue } from "@shangji/core/kit/record";
import type { Table } from "./client.ts";
import { recordKey } from "./record-key.ts";
import { takeClaim } from "./taken-claims.ts";
import { batchGet, findUnique, freeValue, takeValue } from "./unique-values.ts";
import { type WriteItem, write } from "./write.ts";

export type RecordAttributes = Record<string, "string" | "number" | "boolean" | "any">;

/** How one kind of record is stored. */
export interface RecordShape<T> {
  kind: string;
  key: "id" | "directory";
  /** Whether a record just written is read as such. @default only directories are, and others cost half as much */
  consistent?: boolean;
  /** What is stored, besides what every record has. */
  attributes: RecordAttributes;
  /** Values that at most one living record may have. */
  uniques?: (record: T) => UniqueValue[];
  /** Attributes derived for the indexes only, such as the folded name. */
  derived?: (record: T) => Record<string, unknown>;
}

/** The item of a record: without gaps, with a lane for records that belong to nobody. */
export function toItem<T extends object>(shape: RecordShape<T>, record: T): Record<string, unknown> {
  const item: Record<string, unknown> = { ...record, kind: shape.kind, ...shape.derived?.(record) };
  if (shape.key === "id" && "deletedAt" in record === false) {
    item.ownerId ??= nobody;
    item.teamId ??= nobody;
  }
  return item;
}

/** The record of an item; attributes that serve only the store are dropped. */
export function fromItem<T>(_shape: RecordShape<T>, item: Record<string, unknown>): Stored<T> {
  return recordOf(item) as Stored<T>; // only toItem writes this kind of item, from a value of T
}

/** The record of an item of any kind. */
export function recordOf(item: Record<string, unknown>): Record<string, unknown> {
  const record: Record<string, unknown> = { ...item };
  for (const attribute of ["pk", "sk", "kind", "lookup", "closesOn", "__edb_e__", "__edb_v__"])
    delete record[attribute];
  if (record.ownerId === nobody) delete record.ownerId;
  if (record.teamId === nobody) delete record.teamId;
  return record;
}

/** Store of one kind of record: each method is one request (a second one only where `getMany` pages). */
export function recordStore<T extends { id: string; version: number }>(
  table: Table,
  shape: RecordShape<T>,
): RecordStore<T> {
  const uniquesOf = (record: T) => shape.uniques?.(record) ?? [];
  const get: RecordStore<T>["get"] = async (id) => {
    const { Item } = await table.client.send(
      new GetCommand({
        TableName: table.name,
        Key: recordKey(shape.key, shape.kind, id),
        ConsistentRead: shape.consistent ?? shape.key === "directory",
      }),
    );
    return Item && Item.deletedAt === undefined ? fromItem(shape, Item) : undefined;
  };
  return {
    get,
    async getMany(ids) {
      const keys = [...new Set(ids)].map((id) => recordKey(shape.key, shape.kind, id));
      const found = new Map<string, Stored<T>>();
      for await (const item of batchGet(table, keys, { consistent: false })) {
        if (item.deletedAt === undefined) found.set(String(item.id), fromItem(shape, item));
      }
      return found;
    },
    async create(record, claim) {
      await write(table, createItems(table, shape, record), takeClaim(table, claim, record));
    },
    async update(before, after, claim) {
      const [taken, freed] = difference(uniquesOf(before), uniquesOf(after));
      const effect = [
        replaceItem(table, shape, before, after),
        ...taken.map((unique) => takeValue(table, shape.kind, unique, after.id)),
        ...freed.map((unique) => freeValue(table, shape.kind, unique, after.id)),
      ];
      await write(table, effect, takeClaim(table, claim, after));
    },
    async remove(before, after) {
      const freed = uniquesOf(before).map((unique) => freeValue(table, shape.kind, unique, before.id));
      await write(table, [replaceItem(table, shape, before, after), ...freed]);
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
  const uniques = shape.uniques?.(record) ?? [];
  return [
    createItem(table, shape, record),
    ...uniques.map((unique) => takeValue(table, shape.kind, unique, record.id)),
  ];
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
  const item = itemOf(shape, after);
  if (after.deletedAt !== undefined) for (const attribute of laneAttributes) delete item[attribute];
  return {
    Put: {
      TableName: table.name,
      Item: item,
      ConditionExpression: "version = :expected",
      ExpressionAttributeValues: { ":expected": before.version },
    },
  };
}

/** A deleted record leaves every index; its item stays for history. */
const laneAttributes = ["ownerId", "teamId", "stageId", "accountId", "lookup"];

function difference(before: UniqueValue[], after: UniqueValue[]): [taken: UniqueValue[], freed: UniqueValue[]] {
  const missingIn = (list: UniqueValue[]) => (unique: UniqueValue) =>
    !list.some(({ field, value }) => field === unique.field && value === unique.value);
  return [after.filter(missingIn(before)), before.filter(missingIn(after))];
}

export type { WriteItem };
