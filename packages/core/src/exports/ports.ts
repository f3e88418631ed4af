import type { Export } from "@shangji/contracts/exports/schemas";
import type { IdempotencyClaim } from "../kit/idempotency.ts";
import type { ListPosition, Page, PageRequest, Stored } from "../kit/record.ts";

/** An export as it is kept. */
export type ExportRecord = Stored<Omit<Export, "downloadUrl">>;

/** A piece of the file. */
export interface ExportPart {
  name: string;
  bytes: number;
}

/**
 * How far an export is. It is no record of its own, so that the chunks of a long one leave no trace in the audit trail; each
 * chunk replaces the progress of the one before it, or has not happened.
 */
export interface ExportProgress {
  exportId: string;
  /** Grows by one with each chunk. */
  step: number;
  /** When the first chunk began. */
  startedAt: string;
  /** What each record is shown with; fixed at the beginning, as a file has one header. */
  fields: readonly string[];
  /** First what has not changed for a while, then what has; then the pieces become a file. */
  stretch: "quiet" | "changed" | "joining";
  /** Where the list goes on. */
  position?: ListPosition | undefined;
  /** The stretch is not to be read before this. */
  notBefore?: string | undefined;
  rows: number;
  parts: readonly ExportPart[];
}

export interface Exports {
  /** Takes the claim in the same transaction. @throws DomainError `idempotency_in_progress` */
  create(order: ExportRecord, claim?: IdempotencyClaim): Promise<void>;
  /** Strongly consistent. */
  get(id: string): Promise<ExportRecord | undefined>;
  /** @throws DomainError `conflict` */
  update(before: ExportRecord, after: ExportRecord): Promise<void>;
  /** Latest change first. */
  listOf(ownerId: string, page: PageRequest): Promise<Page<ExportRecord>>;
  /** Of everybody, latest change first. */
  listAll(page: PageRequest): Promise<Page<ExportRecord>>;
  /** Of everybody, those that have changed since an instant, the oldest change first: one that ends meanwhile is still to come. */
  changedSince(instant: string, page: PageRequest): Promise<Page<ExportRecord>>;
  /** Strongly consistent. */
  progressOf(id: string): Promise<ExportProgress | undefined>;
  /** Keeps the progress if the one before it is still kept. @throws DomainError `conflict` */
  saveProgress(progress: ExportProgress): Promise<void>;
}

/** Where pieces and files of exports are, each export's by themselves. */
export interface ExportFiles {
  /** Keeps a piece, and the ids of the records in it beside it. */
  savePart(id: string, name: string, part: { text: string; ids: readonly string[] }): Promise<void>;
  /** Ids of the records in these pieces. */
  idsIn(id: string, names: readonly string[]): Promise<string[]>;
  /** Makes one file of a head and pieces, in bounded memory. Doing it again makes the same file. Answers its size in bytes. */
  join(order: NamedFile, file: { head: string; parts: readonly ExportPart[] }): Promise<number>;
  /** Removes all pieces, also those that no progress tells of; the file stays. */
  removeParts(id: string): Promise<void>;
  /** Removes whatever there is of an export. */
  remove(id: string): Promise<void>;
  /** A link to the file, for as long as a click takes. */
  downloadLink(order: NamedFile & Pick<Export, "entity" | "createdAt">): Promise<string>;
}

/** What a file is called by. */
export type NamedFile = Pick<Export, "id" | "format">;
