import type { Stored } from "@shangji/core/kit/record";
import { forgottenAt } from "@shangji/core/service-accounts/key-rules";
import type { ApiKeys, KeyRecord } from "@shangji/core/service-accounts/ports";
import type { Table } from "../kit/client.ts";
import { laneStore } from "../kit/lane-list.ts";
import { createItems, type RecordShape, recordStore, replaceItem } from "../kit/record-store.ts";
import { takeClaim } from "../kit/taken-claims.ts";
import { write } from "../kit/write.ts";

/**
 * API keys, each in a partition of its own that its id names, so that keys in use spread over the table.
 * - one by id: GetItem, 1 RCU (strongly consistent: the authoriser's first read of a key)
 * - of a service account: Query gsi1, where the account stands as owner
 * - a rotation: one transaction of the old key and the new one
 * - a spent key goes by itself, ninety days after it has worked last
 */
export const apiKeyShape: RecordShape<KeyRecord> = {
  kind: "apiKey",
  key: "id",
  consistent: true,
  attributes: {
    ownerId: "string",
    teamId: "string",
    serviceAccountId: "string",
    name: "string",
    scopes: "any",
    hash: "string",
    expiresAt: "string",
    revokedAt: "string",
    successorId: "string",
  },
  derived: (key) => ({ ownerId: key.serviceAccountId, ttl: Math.floor(forgottenAt(key).getTime() / 1000) }),
};

export function apiKeysIn(table: Table): ApiKeys {
  const records = recordStore(table, apiKeyShape);
  const lanes = laneStore(table, apiKeyShape);
  return {
    async get(id) {
      const item = await records.get(id);
      return item && withoutLane(item);
    },
    async list(serviceAccountId, page) {
      const { items, next } = await lanes.list({ by: "owner", id: serviceAccountId }, page);
      return { items: items.map(withoutLane), ...(next ? { next } : {}) };
    },
    create: records.create,
    update: records.update,
    async rotate({ before, after, successor }, claim) {
      const items = [replaceItem(table, apiKeyShape, before, after), ...createItems(table, apiKeyShape, successor)];
      await write(table, items, takeClaim(table, claim, successor));
    },
  };
}

/** The owner is there for the index only. */
function withoutLane({ ownerId: _, ...key }: Stored<KeyRecord> & { ownerId?: string }): Stored<KeyRecord> {
  return key;
}
