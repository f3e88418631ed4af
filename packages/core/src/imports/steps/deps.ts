import type { DuplicateCheck } from "../../duplicates/check-duplicates.ts";
import type { Clock } from "../../kit/context.ts";
import type { OrganizationSettings, Rates } from "../../organization/ports.ts";
import type { ImportFiles, ImportRecords, ImportStore, RowWriter } from "../ports.ts";
import type { Memory } from "./memory.ts";

/** What the steps of the import workflow need. */
export interface StepDeps {
  store: ImportStore;
  files: ImportFiles;
  records: ImportRecords;
  writer: RowWriter;
  rates: Rates;
  settings: OrganizationSettings;
  duplicates: DuplicateCheck;
  clock: Clock;
  memory: Memory;
  /** Rows of a chunk. @default importLimits.chunkRows */
  chunkRows?: number;
}
