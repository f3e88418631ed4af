import type { Clock } from "@shangji/core/kit/context";
import { DomainError } from "@shangji/core/kit/domain-error";
import type { PoolMove, PoolMoves } from "@shangji/core/pools/ports";
import { countedFor, countedItem, countedKey, stillCounted, tallyKey } from "../assignment/assignment-items.ts";
import type { Table } from "../kit/client.ts";
import { recordKey } from "../kit/record-key.ts";
import { fromItem, type RecordShape, replaceItem } from "../kit/record-store.ts";
import { takeClaim } from "../kit/taken-claims.ts";
import { batchGet } from "../kit/unique-values.ts";
import { type WriteItem, write } from "../kit/write.ts";
import { leadShape } from "../leads/leads.ts";
import { userShape } from "../people/users.ts";
import { poolClaimsPrefix } from "./partitions.ts";
import { poolShape } from "./pools.ts";

/** Claims are shown for thirty days. */
const claimDays = 40;

/**
 * What moves of leads into and out of pools read and write.
 * - what one begins with: lead, its mark, the pool, the person, the person's tally and claims of the day: BatchGetItem, 1 RCU each
 * - a move: one transaction of the lead, its mark, up to two tallies, the claims of the day and a check of the person. The pool
 *   itself is not in it: all who claim from a pool would meet there
 */
export function poolMovesIn(table: Table, clock: Clock): PoolMoves {
  return {
    async state({ leadId, poolId, userId, day }) {
      const keys = {
        lead: recordKey("id", "lead", leadId),
        counted: countedKey(leadId),
        pool: keyOf(poolShape, poolId),
        ...(userId === undefined
          ? {}
          : { person: keyOf(userShape, userId), tally: tallyKey(userId), claims: claimsKey({ poolId, day, userId }) }),
      };
      const items = new Map<string, Record<string, unknown>>();
      for await (const item of batchGet(table, Object.values(keys), { consistent: true }))
        items.set(`${item.pk} ${item.sk}`, item);
      const at = (name: "lead" | "counted" | "pool" | "person" | "tally" | "claims") => {
        const key: { pk: string; sk: string } | undefined = { ...keys }[name];
        return key && items.get(`${key.pk} ${key.sk}`);
      };
      const counted = at("counted");
      return {
        lead: living(leadShape, at("lead")),
        pool: living(poolShape, at("pool")),
        person: living(userShape, at("person")),
        counted: counted && countedFor(counted),
        claims: Number(at("claims")?.count ?? 0),
        open: Number(at("tally")?.open ?? 0),
      };
    },
    async move(move, claim) {
      const items = moveItems(table, move, clock);
      const { after } = move;
      const kept = takeClaim(table, claim, after, recordKey("id", "lead", after.id));
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

/** What a move writes, whatever else is written along. */
export function moveItems(table: Table, move: PoolMove, clock: Clock): WriteItem[] {
  const { before, after, counted, claimOf } = move;
  const { ownerId: userId, id, version } = after;
  return [
    replaceItem(table, leadShape, before, after),
    {
      Put: {
        TableName: table.name,
        Item: countedItem(id, { version, userId }, clock.now()),
        ...stillCounted(counted),
      },
    },
    ...tallyItems(table, move),
    ...(userId === undefined ? [] : [personCheck(table, { userId, teamId: after.teamId })]),
    ...(claimOf && userId !== undefined ? [claimCount(table, { ...claimOf, userId }, clock)] : []),
  ];
}

/** Whoever the lead is counted for loses it, and the new owner has one more; a repeat of the projector finds it counted. */
function tallyItems(table: Table, { after: { ownerId }, counted, holdingCap }: PoolMove): WriteItem[] {
  if (counted?.userId === ownerId) return [];
  return [
    ...(counted?.userId === undefined ? [] : [tallyAdd(table, counted.userId, { by: -1 })]),
    ...(ownerId === undefined ? [] : [tallyAdd(table, ownerId, { by: 1, below: holdingCap })]),
  ];
}

function tallyAdd(table: Table, userId: string, { by, below }: { by: number; below?: number | undefined }): WriteItem {
  return {
    Update: {
      TableName: table.name,
      Key: tallyKey(userId),
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
  const ttl = Math.floor(clock.now().getTime() / 1000) + claimDays * 86_400;
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

/** The team is whose the lead becomes, and may be what makes the person a member. */
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
