import { GetCommand } from "@aws-sdk/lib-dynamodb";
import { idempotencyKeptSeconds } from "@shangji/contracts/kit/idempotency";
import type { FirstWrite, IdempotencyClaim, TakenClaims } from "@shangji/core/kit/idempotency";
import { newSealingKey, openText, sealText } from "../../sealing.ts";
import type { Table } from "./client.ts";
import { batchGet } from "./unique-values.ts";
import type { WriteItem } from "./write.ts";

/**
 * Claims of idempotency keys that have been taken, each in a partition of its own.
 * - one by key: GetItem, 1 RCU, only for a call that carries a key
 * - those of a batch: BatchGetItem, 1 RCU each
 * - taking one: an item of the transaction that is the effect
 *
 * A person's record is sealed: the seal lies in the record itself, so that an erasure reaches every copy by one write to the
 * record, without looking for it. A claim says where the seal is; to answer from it takes a second GetItem.
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
      return Item && isTaken(Item, at) ? firstWriteOf(table, Item) : undefined;
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
        if (claim && isTaken(item, claim.at)) found.set(claim.key, await firstWriteOf(table, item));
      }
      return found;
    },
  };
}

/** A record that is about to be written with a claim, with a seal if it has none yet. */
export function withSeal<T extends object>(
  record: T & { seal?: string | undefined },
  claim: IdempotencyClaim | undefined,
): T {
  return isWhole(claim) && record.seal === undefined ? { ...record, seal: newSealingKey() } : record;
}

/**
 * The write that takes a claim for the write of `record`, refused when it is taken; nothing without a claim. The stamp of the
 * change is left out: no answer shows it. `holder` is the key of the item that has the record's seal, if it has one.
 */
export function takeClaim(
  table: Table,
  claim: IdempotencyClaim | undefined,
  record: { id: string; seal?: string | undefined },
  holder?: { pk: string; sk: string },
): WriteItem[] {
  if (!claim) return [];
  const now = seconds(claim.at);
  const { seal, ...rest } = record;
  const kept = claim.keeps === "version" ? versionOf(record) : { ...rest, ...claim.besides, change: undefined };
  const copy = JSON.stringify(kept);
  const Item = {
    ...keyOf(claim.key),
    fingerprint: claim.fingerprint,
    ...(seal !== undefined && holder && isWhole(claim)
      ? { sealed: sealText(copy, seal, claim.key), holder }
      : { record: copy }),
    ttl: now + (claim.keptSeconds ?? idempotencyKeptSeconds),
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

/** Whether the claim keeps the whole record; its id and version alone say nothing about a person. */
function isWhole(claim: IdempotencyClaim | undefined): boolean {
  return claim !== undefined && claim.keeps !== "version";
}

function versionOf({ id, version }: { id: string; version?: number }) {
  return { id, version };
}

function keyOf(key: string) {
  return { pk: `idempotency#${key}`, sk: "idempotency" };
}

async function firstWriteOf(table: Table, item: Record<string, unknown>): Promise<FirstWrite> {
  const fingerprint = String(item.fingerprint);
  const copy = item.sealed === undefined ? String(item.record) : await unsealed(table, item);
  // Only takeClaim writes it.
  return copy === undefined ? { fingerprint } : { fingerprint, record: JSON.parse(copy) as { id: string } };
}

async function unsealed(table: Table, { pk, sealed, holder }: Record<string, unknown>): Promise<string | undefined> {
  const { Item } = await table.client.send(
    new GetCommand({ TableName: table.name, Key: holder as object & Record<string, unknown>, ConsistentRead: true }), // only takeClaim writes it
  );
  return Item?.seal === undefined
    ? undefined
    : openText(String(sealed), String(Item.seal), String(pk).slice(keyOf("").pk.length));
}

/** Since 1970, as DynamoDB counts the end of an item. */
function seconds(at: Date): number {
  return Math.floor(at.getTime() / 1000);
}
