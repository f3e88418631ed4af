import type { Lead } from "@shangji/contracts/leads/schemas";
import { emailKey } from "@shangji/core/duplicates/match-keys";
import type { Leads } from "@shangji/core/leads/ports";
import type { Table } from "../kit/client.ts";
import { externalIdValue } from "../kit/external-id.ts";
import { laneStore } from "../kit/lane-list.ts";
import { matchStore } from "../kit/match-store.ts";
import { type RecordShape, recordStore } from "../kit/record-store.ts";
import { poolQueue } from "../pools/partitions.ts";

/**
 * Leads, each in a partition of its own.
 * - one by id: GetItem, 0.5 RCU
 * - of an owner / a team: Query gsi1, gsi2, latest change first; those of nobody are a team of their own
 * - by e-mail: Query gsi6; by phone number: Query gsi9; 0.5 RCU, and 0.5 RCU for each that it finds
 * - of a pool: Query gsi5, longest there first (`../pools/pooled-records.ts`)
 * - by external id: GetItem of the unique value
 */
export const leadShape: RecordShape<Lead> = {
  kind: "lead",
  key: "id",
  personal: true,
  attributes: {
    name: "string",
    company: "string",
    title: "string",
    email: "string",
    phone: "string",
    website: "string",
    region: "string",
    industry: "string",
    source: "string",
    campaign: "string",
    utm: "any",
    message: "string",
    custom: "any",
    consent: "any",
    formId: "string",
    status: "string",
    statusReason: "string",
    statusChangedAt: "string",
    conversion: "any",
    pool: "any",
    queue: "string",
    queuedAt: "string",
    ownerId: "string",
    teamId: "string",
    tags: "any",
    externalId: "any",
    lookup: "string",
    phoneKey: "string",
    held: "any",
  },
  uniques: (lead) => externalIdValue(lead.externalId),
  derived: ({ email, status, pool }) => ({
    ...(email ? { lookup: emailKey(email) } : {}),
    ...(status === "pooled" && pool ? { queue: poolQueue(pool.poolId), queuedAt: pool.at } : {}),
  }),
};

export function leadsIn(table: Table): Leads {
  return {
    ...recordStore(table, leadShape),
    ...laneStore(table, leadShape),
    ...matchStore(table, leadShape),
  };
}
