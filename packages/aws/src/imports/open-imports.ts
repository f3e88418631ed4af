import type { ImportFiles } from "@shangji/core/imports/ports";
import { senderOf } from "@shangji/core/imports/sender";
import type { StepDeps } from "@shangji/core/imports/steps/deps";
import { Memory } from "@shangji/core/imports/steps/memory";
import type { Clock } from "@shangji/core/kit/context";
import type { OrganizationSettings } from "@shangji/core/organization/ports";
import { viewersOfRecordsIn } from "../dynamo/access/viewers.ts";
import { duplicatePoliciesIn } from "../dynamo/duplicates/policies.ts";
import type { Table } from "../dynamo/kit/client.ts";
import { ratesIn } from "../dynamo/organization/rates.ts";
import { usersIn } from "../dynamo/people/users.ts";
import { apiKeysIn } from "../dynamo/service-accounts/api-keys.ts";
import { serviceAccountsIn } from "../dynamo/service-accounts/service-accounts.ts";
import { importRecordsIn } from "./import-records.ts";
import { importStoreIn } from "./import-store.ts";
import { rowWriterIn } from "./row-writer.ts";

/** Everything that the steps of the import workflow need, on one table. */
export function openImports({
  table,
  files,
  clock,
  settings,
  country,
}: {
  table: Table;
  files: ImportFiles;
  clock: Clock;
  settings: OrganizationSettings;
  /** Where phone numbers without a country code belong. */
  country: string;
}): StepDeps {
  const senders = {
    users: usersIn(table, clock),
    serviceAccounts: serviceAccountsIn(table, clock),
    keys: apiKeysIn(table),
    viewers: viewersOfRecordsIn(table, clock),
    clock,
  };
  return {
    store: importStoreIn(table, clock),
    files,
    records: importRecordsIn(table, clock),
    writer: rowWriterIn(table, clock),
    rates: ratesIn(table, clock),
    settings,
    duplicates: { policies: duplicatePoliciesIn(table, clock), country },
    clock,
    memory: new Memory(),
    sender: (job) => senderOf(job, senders),
  };
}
