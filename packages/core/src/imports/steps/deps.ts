import type { Viewer } from "../../access/viewer.ts";
import type { DuplicateCheck } from "../../duplicates/check-duplicates.ts";
import type { Clock } from "../../kit/context.ts";
import type { OrganizationSettings, Rates } from "../../organization/ports.ts";
import type { ImportJob } from "../job.ts";
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
  /** Whoever has sent an import, as they are now; undefined when they may not enter any more. */
  sender(job: ImportJob): Promise<Viewer | undefined>;
  /** Rows of a chunk. @default importLimits.chunkRows */
  chunkRows?: number;
}
