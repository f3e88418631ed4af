import { createHash } from "node:crypto";
import type { Import, ImportEntity, ImportMapping, ImportOptions } from "@shangji/contracts/imports/schemas";
import type { Entity } from "@shangji/contracts/kit/entities";
import type { Change } from "@shangji/contracts/kit/primitives";
import { idFrom } from "../kit/ids.ts";

/** An import as it is kept: what it was asked to do and how far it is. */
export type ImportJob = Omit<Import, "uploadUrl" | "uploadHeaders" | "errorsUrl" | "rowsPerSecond"> & {
  /** The key by which a service account has sent it: its rows are judged by what the key may do. */
  keyId?: string | undefined;
  mapping?: ImportMapping | undefined;
  options: ImportOptions;
  /** Whether the file of failed rows is there. */
  hasErrors?: boolean | undefined;
};

/** The kind of record that an import makes. */
export const kindOf = {
  accounts: "account",
  contacts: "contact",
  products: "product",
  users: "user",
  opportunities: "opportunity",
  leads: "lead",
} as const satisfies Record<ImportEntity, Entity>;

export type ImportedKind = (typeof kindOf)[ImportEntity];

/**
 * The id of the record that an import makes from `cause` (a row number, or the name of a team): the same every time, so that
 * a step that runs again finds what it has made before instead of making it twice. Sorts by the time of the import.
 */
export function madeId(kind: Entity, job: Pick<ImportJob, "id" | "createdAt">, cause: string | number): string {
  const tail = createHash("sha256").update(`${job.id}/${cause}`).digest();
  return idFrom(kind, new Date(job.createdAt), tail);
}

/** The stamp of a record that a row has made or changed. */
export function importedBy(job: Pick<ImportJob, "id" | "createdBy">, cause: string | number, at: string): Change {
  return { actorId: job.createdBy, at, command: "importRow", source: "import", requestId: `${job.id}/${cause}` };
}

export const emptyCounts = { rows: 0, created: 0, updated: 0, skipped: 0, failed: 0, duplicates: 0 };
export type Counts = typeof emptyCounts;
