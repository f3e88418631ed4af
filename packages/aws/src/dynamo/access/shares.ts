import { ConditionalCheckFailedException } from "@aws-sdk/client-dynamodb";
import { PutCommand, QueryCommand } from "@aws-sdk/lib-dynamodb";
import type { Change } from "@shangji/contracts/kit/primitives";
import type { KeptShare, Share, Shares } from "@shangji/core/access/ports";
import type { SharedRecord } from "@shangji/core/access/viewer";
import type { Clock } from "@shangji/core/kit/context";
import type { Table } from "../kit/client.ts";

const prefix = "share#";
/** A share is the newest kind of thing on someone's lane of its own, so it stands in gsi1 under this name. */
const laneOf = (principalId: string) => `${prefix}${principalId}`;
const kind = "share";
/** What one principal is shown of what is shared. */
const mostShares = 200;
const freshMilliseconds = 30_000;
/** Callers whose shares a function remembers. */
const mostRemembered = 1_000;

/**
 * Shares lie in the partition of their record, and on the lane of whom it is shared with.
 * - of a record: Query of its partition, 0.5 R
 * - with a caller: Query of gsi1 for the user and for the team, once in 30 s by each function, 0.5 R each
 * - a share and its end: one write, 2 W; what is left of an ended one tells the stream who has ended it, and goes after a week
 */
export function sharesIn(table: Table, clock: Clock): Shares {
  const known = new Map<string, { at: number; shared: Promise<SharedRecord[]> }>();
  async function readLane(principalId: string): Promise<SharedRecord[]> {
    const { Items = [] } = await table.client.send(
      new QueryCommand({
        TableName: table.name,
        IndexName: "gsi1",
        KeyConditionExpression: "ownerId = :lane AND kind = :kind",
        ExpressionAttributeValues: { ":lane": laneOf(principalId), ":kind": kind },
        ScanIndexForward: false,
        Limit: mostShares,
      }),
    );
    return Items.map(({ recordId, level }) => ({ recordId, level }) as SharedRecord); // only `save` writes them
  }
  return {
    async sharedWith({ userId, teamId }) {
      const key = `${userId} ${teamId ?? ""}`;
      const now = clock.now().getTime();
      const remembered = known.get(key);
      if (remembered && now >= remembered.at && now - remembered.at <= freshMilliseconds) return remembered.shared;
      const shared = Promise.all([readLane(userId), teamId === undefined ? [] : readLane(teamId)]).then(strongest);
      if (known.size >= mostRemembered) known.clear();
      known.set(key, { at: now, shared });
      // A failed read must not be remembered.
      shared.catch(() => known.delete(key));
      return shared;
    },
    of: (recordId) => sharesOf(table, recordId),
    async save(share, change) {
      await table.client.send(new PutCommand({ TableName: table.name, Item: shareItem(share, change) }));
    },
    async remove(share, change) {
      const Item = endedShareItem(share, change);
      const ConditionExpression = "attribute_exists(pk) AND attribute_not_exists(deletedAt)";
      try {
        await table.client.send(new PutCommand({ TableName: table.name, Item, ConditionExpression }));
      } catch (error) {
        // There is nothing to end.
        if (!(error instanceof ConditionalCheckFailedException)) throw error;
      }
    },
  };
}

/** Shares of a record, with the merges that have brought them. */
export async function sharesOf(table: Table, recordId: string): Promise<KeptShare[]> {
  const { Items = [] } = await table.client.send(
    new QueryCommand({
      TableName: table.name,
      KeyConditionExpression: "pk = :record AND begins_with(sk, :share)",
      FilterExpression: "attribute_not_exists(deletedAt)",
      ExpressionAttributeValues: { ":record": recordId, ":share": prefix },
    }),
  );
  return Items.map(shareOf);
}

/** A share as it is stored: with its record, and on the lane of whom it is shared with. The trail has it from the stream. */
export function shareItem(share: KeptShare, change: Change) {
  const lane = { kind, ownerId: laneOf(share.principalId), updatedAt: share.sharedAt };
  return { ...share, ...shareKey(share), ...lane, change, __edb_e__: kind };
}

/** Far longer than the stream keeps what it tells. */
const remainsDays = 7;

/** What is left of a share that was ended: it stands on no lane, and with nobody. */
export function endedShareItem({ recordId, principalId }: Pick<Share, "recordId" | "principalId">, change: Change) {
  return {
    ...shareKey({ recordId, principalId }),
    recordId,
    principalId,
    deletedAt: change.at,
    change,
    __edb_e__: kind,
    ttl: Math.floor(Date.parse(change.at) / 1000) + remainsDays * 86_400,
  };
}

function shareKey({ recordId, principalId }: Pick<Share, "recordId" | "principalId">) {
  return { pk: recordId, sk: `${prefix}${principalId}` };
}

function shareOf({ recordId, principalId, level, sharedBy, sharedAt, broughtBy }: Record<string, unknown>): KeptShare {
  const share = { recordId, principalId, level, sharedBy, sharedAt, ...(broughtBy ? { broughtBy } : {}) };
  return share as KeptShare; // only shareItem makes them
}

/** One entry for each record: what is shared with the user may go further than what is shared with the team. */
function strongest(lanes: SharedRecord[][]): SharedRecord[] {
  const byRecord = new Map<string, SharedRecord>();
  for (const shared of lanes.flat()) {
    if (byRecord.get(shared.recordId)?.level !== "write") byRecord.set(shared.recordId, shared);
  }
  return [...byRecord.values()];
}
