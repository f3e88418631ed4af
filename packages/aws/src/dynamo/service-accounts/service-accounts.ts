import type { ServiceAccount } from "@shangji/contracts/service-accounts/schemas";
import type { Clock } from "@shangji/core/kit/context";
import type { ServiceAccounts } from "@shangji/core/service-accounts/ports";
import type { Table } from "../kit/client.ts";
import { directoryStore } from "../kit/directory-store.ts";
import type { RecordShape } from "../kit/record-store.ts";

/**
 * Service accounts, kept together as a directory.
 * - one by id: GetItem, 1 RCU (strongly consistent: the authoriser's second read of a key)
 * - all: Query of one partition
 */
export const serviceAccountShape: RecordShape<ServiceAccount> = {
  kind: "serviceAccount",
  key: "directory",
  attributes: {
    name: "string",
    description: "string",
    role: "string",
    teamId: "string",
    requestsPerMinute: "number",
    active: "boolean",
  },
};

export function serviceAccountsIn(table: Table, clock: Clock): ServiceAccounts {
  return directoryStore(table, serviceAccountShape, clock);
}
