import type { ExportFiles } from "@shangji/core/exports/ports";
import type { RunExportDeps } from "@shangji/core/exports/run-export";
import type { Clock } from "@shangji/core/kit/context";
import type { OrganizationSettings } from "@shangji/core/organization/ports";
import { viewersOfRecordsIn } from "../dynamo/access/viewers.ts";
import { accountsIn } from "../dynamo/accounts/accounts.ts";
import { contactsIn } from "../dynamo/contacts/contacts.ts";
import { exportsIn } from "../dynamo/exports/exports.ts";
import type { Table } from "../dynamo/kit/client.ts";
import { leadsIn } from "../dynamo/leads/leads.ts";
import { opportunitiesIn } from "../dynamo/opportunities/opportunities.ts";
import { teamsIn } from "../dynamo/people/teams.ts";
import { usersIn } from "../dynamo/people/users.ts";
import { pipelinesIn } from "../dynamo/pipelines/pipelines.ts";
import { productsIn } from "../dynamo/products/products.ts";
import { apiKeysIn } from "../dynamo/service-accounts/api-keys.ts";
import { serviceAccountsIn } from "../dynamo/service-accounts/service-accounts.ts";

/** Everything that the job of exports works with, but for the context of a call. */
export function openExports({
  table,
  files,
  clock,
  settings: { zone, baseCurrency },
  nonce,
}: {
  table: Table;
  files: ExportFiles;
  clock: Clock;
  settings: Pick<OrganizationSettings, "zone" | "baseCurrency">;
  nonce(): string;
}): Omit<RunExportDeps, "context"> {
  return {
    exports: exportsIn(table),
    files,
    viewers: viewersOfRecordsIn(table, clock),
    users: usersIn(table, clock),
    serviceAccounts: serviceAccountsIn(table, clock),
    keys: apiKeysIn(table),
    records: {
      account: accountsIn(table),
      contact: contactsIn(table),
      opportunity: opportunitiesIn(table),
      lead: leadsIn(table),
    },
    teams: teamsIn(table, clock),
    products: productsIn(table, clock),
    pipelines: pipelinesIn(table, clock),
    zone,
    baseCurrency,
    clock,
    nonce,
  };
}
