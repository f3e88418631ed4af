import { GetCommand } from "@aws-sdk/lib-dynamodb";
import { idempotencyKeptSeconds } from "@shangji/contracts/kit/idempotency";
import type { FirstWrite, IdempotencyClaim, TakenClaims } from "@shangji/core/kit/idempotency";
import type { Table } from "./client.ts";
import { batchGet } from "./unique-values.ts";
import type { WriteItem } from "./write.ts";

/**
 * Claims of idempotency keys that have been taken, each in a partition of its own.
 * - one by key: GetItem, 1 RCU, only for a call that carries a key
 * - those of a batch: BatchGetItem, 1 RCU each
 * - taking one: an item of the transaction that is the effect
 *
 * The record goes along as JSON text, because a map would come back with its members in another order, and the answer would
 * not be the first one to the letter. An item carries no `__edb_e__`, so the stream's readers pass it by.
 */
export function takenClaimsIn(table: Table): TakenClaims {
  return {
    async find({ key, at }) {
      const { Item } = await table.client.send(
        new GetCommand({ TableName: table.name, Key: keyOf(key), ConsistentRead: true }),
      );
      return Item && isTaken(Item, at) ? firstWriteOf(Item) : undefined;
    },
    async findMany(claims) {
      const byPartition = new Map(claims.map((claim) => [keyOf(claim.key).pk, claim]));
      const found = new Map<string, FirstWrite>();
      for await (const item of batchGet(
        table,
        claims.map(({ key }) => keyOf(key)),
        { consistent: true },
      )) {
        const claim = byPartition.get(String(item.pk));
        if (claim && isTaken(item, claim.at)) found.set(claim.key, firstWriteOf(item));
      }
      return found;
    },
  };
}

/**
 * The write that takes a claim for the write of `record`, refused when it is taken; nothing without a claim. The stamp of the
 * change is left out: no answer shows it.
 */
export function takeClaim(table: Table, claim: IdempotencyClaim | undefined, record: { id: string }): WriteItem[] {
  if (!claim) return [];
  const now = seconds(claim.at);
  const Item = {
    ...keyOf(claim.key),
    fingerprint: claim.fingerprint,
    record: JSON.stringify(claim.keeps === "version" ? versionOf(record) : { ...record, change: undefined }),
    ttl: now + idempotencyKeptSeconds,
  };
  return [
    {
      Put: {
        TableName: table.name,
        Item,
        ConditionExpression: "attribute_not_exists(pk) OR #ttl <= :now",
        ExpressionAttributeNames: { "#ttl": "ttl" },
        ExpressionAttributeValues: { ":now": now },
      },
    },
  ];
}

/** DynamoDB deletes what has expired only within days. */
function isTaken({ ttl }: Record<string, unknown>, at: Date): boolean {
  return Number(ttl) > seconds(at);
}

function versionOf({ id, version }: { id: string; version?: number }) {
  return { id, version };
}

function keyOf(key: string) {
  return { pk: `idempotency#${key}`, sk: "idempotency" };
}

function firstWriteOf({ fingerprint, record }: Record<string, unknown>): FirstWrite {
  return { fingerprint: String(fingerprint), record: JSON.parse(String(record)) as FirstWrite["record"] }; // only takeClaim writes it
}

/** Since 1970, as DynamoDB counts the end of an item. */
function seconds(at: Date): number {
  return Math.floor(at.getTime() / 1000);
}
