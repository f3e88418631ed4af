import type { PoolEntity } from "@shangji/contracts/pools/schemas";
import type { Clock } from "@shangji/core/kit/context";
import { DomainError } from "@shangji/core/kit/domain-error";
import type { Poolable, PooledKind } from "@shangji/core/pools/pooled-kind";
import type { PoolMove, PoolMoves } from "@shangji/core/pools/ports";
import {
  countedFor,
  countedItem,
  countedKey,
  placeOf,
  stillCounted,
  tallyKey,
} from "../assignment/assignment-items.ts";
import type { Table } from "../kit/client.ts";
import { recordKey } from "../kit/record-key.ts";
import { fromItem, type RecordShape, replaceItem } from "../kit/record-store.ts";
import { takeClaim } from "../kit/taken-claims.ts";
import { batchGet } from "../kit/unique-values.ts";
import { type WriteItem, write } from "../kit/write.ts";
import { userShape } from "../people/users.ts";
import { figureDays, poolClaimsPrefix } from "./partitions.ts";
import { poolShape } from "./pools.ts";

/**
 * What moves of records into and out of pools read and write.
 * - what one begins with: record, its mark, the pool, the person, the person's tally and claims of the day: BatchGetItem, 1 RCU each
 * - a move: one transaction of the record, its mark, up to two tallies, the claims of the day and a check of the person. The pool
 *   itself is not in it: all who claim from a pool would meet there
 */
export function poolMovesIn<T extends Poolable>(
  { table, shape, clock }: { table: Table; shape: RecordShape<T>; clock: Clock },
  { entity }: PooledKind<T>,
): PoolMoves<T> {
  return {
    async state({ id, poolId, userId, day }) {
      const keys = {
        record: keyOf(shape, id),
        counted: countedKey(id),
        pool: keyOf(poolShape, poolId),
        ...(userId === undefined
          ? {}
          : {
              person: keyOf(userShape, userId),
              tally: tallyKey(userId, entity),
              claims: claimsKey({ poolId, day, userId }),
            }),
      };
      const items = new Map<string, Record<string, unknown>>();
      for await (const item of batchGet(table, Object.values(keys), { consistent: true }))
        items.set(`${item.pk} ${item.sk}`, item);
      const at = (name: "record" | "counted" | "pool" | "person" | "tally" | "claims") => {
        const key: { pk: string; sk: string } | undefined = { ...keys }[name];
        return key && items.get(`${key.pk} ${key.sk}`);
      };
      const counted = at("counted");
      return {
        record: living(shape, at("record")),
        pool: living(poolShape, at("pool")),
        person: living(userShape, at("person")),
        counted: counted && countedFor(counted),
        claims: Number(at("claims")?.count ?? 0),
        open: Number(at("tally")?.open ?? 0),
      };
    },
    async move(move, claim) {
      const items = moveItems(move, { table, shape, clock, entity });
      const { after } = move;
      const kept = takeClaim(table, claim, after, keyOf(shape, after.id));
      try {
        await write(table, items, kept, { records: items.length });
        return "written";
      } catch (error) {
        if (!(error instanceof DomainError) || error.code !== "conflict") throw error;
        return "changed";
      }
    },
  };
}

function keyOf<T>({ key, kind }: RecordShape<T>, id: string) {
  return recordKey(key, kind, id);
}

function living<T>(shape: RecordShape<T>, item: Record<string, unknown> | undefined) {
  return item && item.deletedAt === undefined ? fromItem(shape, item) : undefined;
}

interface DayOfPerson {
  poolId: string;
  day: string;
  userId: string;
}

function claimsKey({ poolId, day, userId }: DayOfPerson) {
  return { pk: `${poolClaimsPrefix}${poolId}`, sk: `${day}#${userId}` };
}

interface Places<T> {
  table: Table;
  shape: RecordShape<T>;
  clock: Clock;
  entity: PoolEntity;
}

/** What a move writes, whatever else is written along. */
export function moveItems<T extends Poolable>(move: PoolMove<T>, places: Places<T>): WriteItem[] {
  const { before, after, counted, claimOf } = move;
  const { table, shape, clock } = places;
  const { ownerId: userId, id, version, teamId } = after;
  const claim =
    claimOf && userId !== undefined
      ? { poolId: claimOf.poolId, userId, day: claimOf.day, at: after.updatedAt }
      : undefined;
  const becomes = { version, userId, won: counted?.won, claim };
  return [
    replaceItem(table, shape, before, after),
    {
      Put: {
        TableName: table.name,
        Item: countedItem(id, becomes, clock.now()),
        ...stillCounted(counted),
      },
    },
    ...tallyItems({ from: placeOf(counted), to: placeOf(becomes), holdingCap: move.holdingCap }, places),
    ...(userId === undefined ? [] : [personCheck(table, { userId, teamId })]),
    ...(claimOf && userId !== undefined ? [claimCount(table, { ...claimOf, userId }, clock)] : []),
  ];
}

/** Whoever the record is counted for loses it, and the new owner has one more; a repeat of the projector finds it counted. */
function tallyItems<T>(
  { from, to, holdingCap }: { from: string | undefined; to: string | undefined; holdingCap: number | undefined },
  { table, entity }: Places<T>,
): WriteItem[] {
  if (from === to) return [];
  return [
    ...(from === undefined ? [] : [tallyAdd(table, tallyKey(from, entity), { by: -1 })]),
    ...(to === undefined ? [] : [tallyAdd(table, tallyKey(to, entity), { by: 1, below: holdingCap })]),
  ];
}

function tallyAdd(
  table: Table,
  Key: ReturnType<typeof tallyKey>,
  { by, below }: { by: number; below?: number | undefined },
): WriteItem {
  return {
    Update: {
      TableName: table.name,
      Key,
      UpdateExpression: "ADD #open :by, revision :one",
      ExpressionAttributeNames: { "#open": "open" },
      ExpressionAttributeValues: { ":by": by, ":one": 1, ...(below === undefined ? {} : { ":below": below }) },
      ...(below === undefined ? {} : { ConditionExpression: "attribute_not_exists(#open) OR #open < :below" }),
    },
  };
}

function claimCount(
  table: Table,
  { max, ...ofPerson }: DayOfPerson & { max?: number | undefined },
  clock: Clock,
): WriteItem {
  const ttl = Math.floor(clock.now().getTime() / 1000) + figureDays * 86_400;
  return {
    Update: {
      TableName: table.name,
      Key: claimsKey(ofPerson),
      UpdateExpression: "SET #ttl = :ttl ADD #count :one",
      ExpressionAttributeNames: { "#ttl": "ttl", "#count": "count" },
      ExpressionAttributeValues: { ":ttl": ttl, ":one": 1, ...(max === undefined ? {} : { ":max": max }) },
      ...(max === undefined ? {} : { ConditionExpression: "attribute_not_exists(#count) OR #count < :max" }),
    },
  };
}

/** The team is whose the record becomes, and may be what makes the person a member. */
function personCheck(table: Table, { userId, teamId }: { userId: string; teamId?: string | undefined }): WriteItem {
  const isInTeam = teamId === undefined ? "attribute_not_exists(teamId)" : "teamId = :teamId";
  return {
    ConditionCheck: {
      TableName: table.name,
      Key: keyOf(userShape, userId),
      ConditionExpression: `active = :active AND attribute_not_exists(deletedAt) AND ${isInTeam}`,
      ExpressionAttributeValues: { ":active": true, ...(teamId === undefined ? {} : { ":teamId": teamId }) },
    },
  };
}
