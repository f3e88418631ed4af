import type { ImportFiles } from "@shangji/core/imports/ports";
import type { StepDeps } from "@shangji/core/imports/steps/deps";
import { Memory } from "@shangji/core/imports/steps/memory";
import type { Clock } from "@shangji/core/kit/context";
import type { OrganizationSettings } from "@shangji/core/organization/ports";
import { duplicatePoliciesIn } from "../dynamo/duplicates/policies.ts";
import type { Table } from "../dynamo/kit/client.ts";
import { ratesIn } from "../dynamo/organization/rates.ts";
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
  };
}
