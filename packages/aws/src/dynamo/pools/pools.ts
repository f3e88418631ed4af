import type { Pool } from "@shangji/contracts/pools/schemas";
import type { Clock } from "@shangji/core/kit/context";
import type { Pools } from "@shangji/core/pools/ports";
import type { Table } from "../kit/client.ts";
import { directoryStore } from "../kit/directory-store.ts";
import { type RecordShape, recordStore } from "../kit/record-store.ts";

/**
 * Pools, kept together as a directory.
 * - one by id: GetItem, 1 RCU
 * - all: Query of one partition, cached 30 s
 */
export const poolShape: RecordShape<Pool> = {
  kind: "pool",
  key: "directory",
  attributes: {
    name: "any",
    entity: "string",
    memberIds: "any",
    memberTeamIds: "any",
    adminIds: "any",
    holdingCap: "number",
    claimsPerDay: "number",
    waitDaysForPreviousOwner: "number",
    lockHoursAfterEntry: "number",
    maskContactBeforeClaim: "boolean",
    isDefault: "boolean",
  },
};

export function poolsIn(table: Table, clock: Clock): Pools {
  const { getDeleted } = recordStore(table, poolShape);
  return { ...directoryStore(table, poolShape, clock), getDeleted };
}
