import { GetCommand, QueryCommand } from "@aws-sdk/lib-dynamodb";
import type { Merge } from "@shangji/contracts/merges/schemas";
import type { Stored } from "@shangji/core/kit/record";
import type { Child, ChildKind, Mergeable, MergeJournal, Merges, Replacement } from "@shangji/core/merges/ports";
import { endedShareItem, shareItem, sharesOf } from "../access/shares.ts";
import type { Table } from "../kit/client.ts";
import { laneStore } from "../kit/lane-list.ts";
import { recordKey } from "../kit/record-key.ts";
import { createItem, type RecordShape, recordStore, replaceItem } from "../kit/record-store.ts";
import { takeClaim } from "../kit/taken-claims.ts";
import { type WriteItem, write } from "../kit/write.ts";
import { exchangeItems, journalKey, movedId, movedKey, movedQuery, shapes } from "./merge-items.ts";

/**
 * Merges, each in a partition of its own with its journal and a note of each child that it has moved.
 * - one by id: GetItem, 1 R (consistent)
 * - into a record: Query gsi1, where the winner stands as owner; out of a record: Query gsi4, where the loser is the account
 * - a merge, and undoing one: one transaction of both records, the merge, its journal and the unique values
 * - moving children: one transaction of each child, the note of it, and a check of the merge
 */
const mergeShape: RecordShape<Merge> = {
  kind: "merge",
  key: "id",
  consistent: true,
  attributes: {},
  derived: ({ winnerId, loserId }) => ({ ownerId: winnerId, accountId: loserId }),
};

/** The journal and the notes stay a little longer than a merge can be undone. */
const daysBeyond = 7;

export function mergesIn(table: Table): Merges {
  const merges = recordStore(table, mergeShape);
  const lanes = laneStore(table, mergeShape);
  return {
    async get(id) {
      const merge = await merges.get(id);
      return merge && withoutLanes(merge);
    },
    async list(winnerId, page) {
      const { items, next } = await lanes.list({ by: "owner", id: winnerId }, page);
      return { items: items.map(withoutLanes), ...(next ? { next } : {}) };
    },
    async isUnsettled(recordId, besides) {
      const sides = (["owner", "account"] as const).map((by) =>
        lanes.list({ by, id: recordId }, { limit: mostLookedAt }),
      );
      const found = (await Promise.all(sides)).flatMap(({ items }) => items);
      return found.some(({ id, status }) => id !== besides && (status === "moving" || status === "undoing"));
    },
    async journalOf(id) {
      const { Item } = await table.client.send(
        new GetCommand({ TableName: table.name, Key: journalKey(id), ConsistentRead: true }),
      );
      return Item && (JSON.parse(String(Item.journal)) as MergeJournal); // only `make` writes it
    },
    async make(merge, journal, claim) {
      const Item = { ...journalKey(merge.id), journal: JSON.stringify(journal), ttl: endOf(merge) };
      const kept = [createItem(table, mergeShape, merge), { Put: { TableName: table.name, Item } }];
      const effect = [...exchangeItems(table, merge.entity, journal), ...kept];
      await write(table, effect, takeClaim(table, claim, merge), { records: 2 });
    },
    async undo({ before, after }, records, claim) {
      const [winner, loser, ...values] = exchangeItems(table, before.entity, records);
      if (!winner || !loser) throw new Error("two records are exchanged");
      const effect = [winner, loser, replaceItem(table, mergeShape, before, after), ...values];
      await write(table, effect, takeClaim(table, claim, after), { records: 3 });
    },
    settle: ({ before, after }) => merges.update(before, after),
    async move(merge, children) {
      const items = children.flatMap((child) => [
        replacement(table, child),
        { Put: { TableName: table.name, Item: { ...movedKey(merge.id, child.after.id), ttl: endOf(merge) } } },
      ]);
      await writeAs(table, merge, items);
    },
    async moved(mergeId, limit) {
      const { Items = [] } = await table.client.send(new QueryCommand(movedQuery(table, mergeId, limit)));
      return Items.map(movedId);
    },
    async moveBack(merge, children) {
      const items = children.flatMap(({ id, replacement: child }) => [
        ...(child ? [replacement(table, child)] : []),
        { Delete: { TableName: table.name, Key: movedKey(merge.id, id) } },
      ]);
      await writeAs(table, merge, items);
    },
    sharesOf: (recordId) => sharesOf(table, recordId),
    async putShare(merge, share, change) {
      await writeAs(table, merge, [{ Put: { TableName: table.name, Item: shareItem(share, change) } }]);
    },
    async endShare(merge, share, change) {
      await writeAs(table, merge, [{ Put: { TableName: table.name, Item: endedShareItem(share, change) } }]);
    },
  };
}

/** Merges of one record that are looked at: those under way are the latest. */
const mostLookedAt = 25;

/** Writes as long as the merge is at the version that was read; whatever stands in the way is a conflict. */
async function writeAs(table: Table, merge: Stored<Merge>, items: readonly WriteItem[]): Promise<void> {
  const asRead: WriteItem = {
    ConditionCheck: {
      TableName: table.name,
      Key: recordKey("id", "merge", merge.id),
      ConditionExpression: "version = :version",
      ExpressionAttributeValues: { ":version": merge.version },
    },
  };
  const all = [asRead, ...items];
  await write(table, all, [], { records: all.length });
}

function replacement(table: Table, { kind, before, after }: Replacement<Child> & { kind: ChildKind }): WriteItem {
  // A child is a record of its kind, whose name is no matter here.
  return replaceItem(table, shapes[kind], before as unknown as Mergeable, after as unknown as Mergeable);
}

/** When what is only there to undo a merge may go, in seconds since 1970. */
function endOf({ undoableUntil }: Merge): number {
  return Math.floor(Date.parse(undoableUntil) / 1000) + daysBeyond * 86_400;
}

/** Winner and loser stand in lanes for the indexes only. */
function withoutLanes(merge: Stored<Merge>): Stored<Merge> {
  const { ownerId: _, accountId: __, ...rest } = merge as Stored<Merge> & { ownerId?: string; accountId?: string }; // as `derived` says
  return rest;
}
