import type { Change } from "@shangji/contracts/kit/primitives";
import type { Team, User } from "@shangji/contracts/people/schemas";
import type { Pipeline } from "@shangji/contracts/pipelines/schemas";
import type { Product } from "@shangji/contracts/products/schemas";
import type { IdempotencyClaim } from "../kit/idempotency.ts";
import type { Page, PageRequest, StoredRecord } from "../kit/record.ts";
import type { Counts, ImportedKind, ImportJob } from "./job.ts";

/** Imports and what their steps keep of their progress. */
export interface ImportStore {
  /** Takes the claim in the same transaction. @throws DomainError `idempotency_in_progress` when it is taken. */
  create(job: ImportJob, change: Change, claim?: IdempotencyClaim): Promise<void>;
  /** Strongly consistent. */
  get(id: string): Promise<ImportJob | undefined>;
  /** Newest first. */
  list(page: PageRequest): Promise<Page<ImportJob>>;
  /** Marks an import running, if it waits for its file or runs already. Answers whether it runs now. */
  begin(id: string, at: string): Promise<boolean>;
  setTotalRows(id: string, totalRows: number): Promise<void>;
  /** Keeps the result of a part once: a second one changes nothing, so counts grow by each part exactly once. */
  savePart(id: string, part: PartResult, at: string): Promise<void>;
  hasPart(id: string, name: string): Promise<boolean>;
  /** All parts so far, in order of their names. */
  parts(id: string): Promise<PartResult[]>;
  complete(id: string, result: { hasErrors: boolean }, at: string): Promise<void>;
  /** Ends an import that has not ended yet. */
  fail(id: string, problem: string, at: string): Promise<void>;
}

/** What has become of the rows of a chunk, or of those of its rows that had to wait for others. */
export interface PartResult {
  /** Sorts like the file. */
  name: string;
  chunk: number;
  counts: Counts;
  /** The part's lines of the errors file, when rows have failed. */
  errors?: { name: string; bytes: number } | undefined;
  /** Rows that refer to rows further down and wait for the end. */
  waiting: number[];
}

/** Links to files of imports, which work for a while without any other right. */
export interface ImportLinks {
  /** A link to PUT the CSV to, with the headers that must be sent along. */
  uploadLink(id: string): Promise<{ url: string; headers: Record<string, string> }>;
  /** A link to GET a file. */
  downloadLink(id: string, name: string): Promise<string>;
}

/** Files of imports. Names are relative to the import. */
export interface ImportFiles {
  /** The uploaded file; undefined when there is none. */
  source(id: string): Promise<{ bytes: number; etag: string } | undefined>;
  /** Bytes of the uploaded file, `end` excluded. @throws ImportProblem when it is no longer the file with this etag. */
  read(id: string, range: { start: number; end: number; etag: string }): AsyncIterable<Uint8Array>;
  /** Writes or overwrites a small file. */
  save(id: string, name: string, text: string): Promise<void>;
  load(id: string, name: string): Promise<string>;
  /** Writes a file from a head and other files, in their order, without holding them in memory. */
  join(id: string, name: string, parts: { head: string; names: readonly string[]; bytes: number }): Promise<void>;
}

/** The records that rows refer to and change. */
export interface ImportRecords {
  /** Living records, as they are now. */
  getMany(kind: ImportedKind, ids: readonly string[]): Promise<Map<string, StoredRecord>>;
  /** Ids of living records by a unique value, as it is now. */
  findByUnique(kind: ImportedKind, field: string, values: readonly string[]): Promise<Map<string, string>>;
  findAccountsByName(foldedNames: readonly string[]): Promise<Map<string, string[]>>;
  directories(): Promise<{
    users: readonly User[];
    teams: readonly Team[];
    products: readonly Product[];
    pipelines: readonly Pipeline[];
  }>;
  /** Rows of a chunk whose change has been written before, by an earlier run of the same step. */
  changedRows(id: string, chunk: number): Promise<Set<number>>;
  /** Ids of the records that this import has made under these keys. */
  claimed(id: string, keys: readonly string[]): Promise<Map<string, string>>;
}

/** A key under which other rows of the same import find the record. An exclusive key can be taken once. */
export interface Claim {
  key: string;
  exclusive: boolean;
}

/** One row's effect on the store. */
export type RowWrite =
  | { type: "create"; kind: ImportedKind | "team"; record: StoredRecord; claims: readonly Claim[] }
  | { type: "update"; kind: ImportedKind; before: StoredRecord; after: StoredRecord; row: number };

/**
 * `made`: written now or by an earlier run. `changed`: someone else has changed the record in between.
 * `taken`: another record has one of the unique values or claims.
 */
export type RowWritten = "made" | "changed" | "taken";

/**
 * Writes rows: each completely or not at all, many at a time, and the same row never twice. The answers are in the order of
 * the writes. A dry run takes claims and writes nothing else.
 */
export interface RowWriter {
  write(
    context: { importId: string; chunk: number; dryRun: boolean },
    writes: readonly RowWrite[],
  ): Promise<RowWritten[]>;
}
