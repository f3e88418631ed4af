import type { DuplicateCheck } from "../../duplicates/check-duplicates.ts";
import type { Stored, StoredRecord } from "../../kit/record.ts";
import type { OrganizationSettings, Rates } from "../../organization/ports.ts";
import type { ImportJob } from "../job.ts";
import type { RowValues } from "../mapping/columns.ts";
import type { Known } from "../references/references.ts";
import type { Judge } from "../rows/judge.ts";
import { RowReader } from "../values/row-reader.ts";

/** What reading and building rows needs besides the rows. */
export interface RowContext {
  job: ImportJob;
  settings: OrganizationSettings;
  rates: Rates;
  known: Known;
  /** What the sender may do, as things are now. */
  judge: Judge;
  /** What is done with rows that look like records that are there. */
  duplicates: DuplicateCheck;
  /** The instant of this run; also when an undated opportunity is counted as opened. */
  at: string;
}

/** How a row is recognised as an existing record; the first that leads to one counts. */
export interface Match {
  externalId?: string | undefined;
  email?: string | undefined;
  /** Folded name. */
  name?: string | undefined;
}

/** A row that has been read and found well-formed; references are still text. */
export interface RowDraft<T = StoredRecord> {
  match: Match;
  /** Name by which other rows may refer to the record. */
  name?: string | undefined;
  /** Texts that refer to accounts. */
  accounts: readonly string[];
  /** Teams and managers that may have to be made before the row. */
  team?: TeamWish | undefined;
  /** Fields of a new record. @throws RowProblem */
  create(context: RowContext): Promise<Record<string, unknown>>;
  /** Fields that the row gives to a stored record; `null` clears. @throws RowProblem */
  change(before: Stored<T>, context: RowContext): Promise<Record<string, unknown>>;
}

/** The team of a user's row: named, or the one that the manager leads. */
export interface TeamWish {
  team: string | undefined;
  manager: string | undefined;
  region: string | undefined;
}

/** How rows of one entity become records. */
export interface Importer<T = StoredRecord> {
  /** @throws RowProblem with everything that is wrong with the row. */
  read(values: RowValues, context: Pick<RowContext, "job" | "settings">): RowDraft<T>;
}

export function readerOf(values: RowValues, { job, settings }: Pick<RowContext, "job" | "settings">): RowReader {
  return new RowReader(values, { dateFormat: job.options.dateFormat, zone: settings.zone });
}

/** Currency of amounts without one of their own. */
export function currencyOf({ job, settings }: Pick<RowContext, "job" | "settings">): string {
  return job.options.currency ?? settings.baseCurrency;
}

/** The external id of a row, in the system that the import names. */
export function externalIdOf(id: string | undefined, job: ImportJob) {
  return id === undefined ? undefined : { source: job.options.externalIdSource, id };
}

/** Without fields that are undefined. */
export function given(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}
