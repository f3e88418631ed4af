import type { AuditTrail } from "@shangji/core/audit/ports";
import type { Exports, ExportFiles as ListFiles } from "@shangji/core/exports/ports";
import type { ImportStore } from "@shangji/core/imports/ports";
import type { Clock } from "@shangji/core/kit/context";
import type { UserPool } from "@shangji/core/people/ports";
import type { DataSubjectRequests, ExportFiles, SubjectStore } from "@shangji/core/protection/ports";
import type { Table } from "../dynamo/kit/client.ts";
import type { Bucket } from "../imports/import-files.ts";
import { auditEntriesOf } from "./audit-entries-of.ts";
import { exportsOf } from "./exports-of.ts";
import { importClaimsOf } from "./import-claims-of.ts";
import { importFilesOf } from "./import-files-of.ts";
import { listExportsOf } from "./list-exports-of.ts";
import { mergesOf } from "./merges-of.ts";
import { notesOf } from "./notes-of.ts";
import { searchEntriesOf } from "./search-entries-of.ts";
import { signInOf } from "./sign-in-of.ts";
import { userItemsOf } from "./user-items-of.ts";

export interface TableStoreDeps {
  table: Table;
  imports: Pick<ImportStore, "list">;
  clock: Clock;
}

export interface SubjectStoreDeps extends TableStoreDeps {
  searchTable: Table;
  bucket: Bucket;
  /** For so many days files of imports are kept. */
  importDays: number;
  imports: Pick<ImportStore, "list" | "parts" | "forgetErrors">;
  pool: Pick<UserPool, "find" | "remove">;
  trail: Pick<AuditTrail, "history">;
  requests: Pick<DataSubjectRequests, "list">;
  files: Pick<ExportFiles, "remove">;
  lists: { exports: Pick<Exports, "changedSince" | "update">; files: Pick<ListFiles, "remove"> };
}

/**
 * Every place that holds data of persons besides their record, in the order in which an erasure goes over them. **Whoever
 * builds another place that does, adds it here, or below if it lies in the table of records**:
 * exports and erasures then reach it. Copies that go by themselves are told of in the README of this folder.
 */
export function subjectStoresIn(deps: SubjectStoreDeps): SubjectStore[] {
  return [
    searchEntriesOf(deps),
    signInOf(deps),
    ...storesInTable(deps),
    importFilesOf(deps),
    listExportsOf({ ...deps, ...deps.lists }),
    exportsOf(deps),
    auditEntriesOf(deps),
  ];
}

/** Those of them that lie in the table of records: in a table that was made from a backup, erasures go over them again. */
export function storesInTable(deps: TableStoreDeps): SubjectStore[] {
  return [notesOf(deps), mergesOf(deps), importClaimsOf(deps), userItemsOf(deps)];
}
