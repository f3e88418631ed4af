import type { AuditTrail } from "@shangji/core/audit/ports";
import type { ImportStore } from "@shangji/core/imports/ports";
import type { Clock } from "@shangji/core/kit/context";
import type { DataSubjectRequests, ExportFiles, SubjectStore } from "@shangji/core/protection/ports";
import type { Table } from "../dynamo/kit/client.ts";
import type { Bucket } from "../imports/import-files.ts";
import { auditEntriesOf } from "./audit-entries-of.ts";
import { exportsOf } from "./exports-of.ts";
import { importTracesOf } from "./import-traces-of.ts";
import { notesOf } from "./notes-of.ts";

export interface SubjectStoreDeps {
  table: Table;
  bucket: Bucket;
  /** For so many days files of imports are kept. */
  importDays: number;
  imports: Pick<ImportStore, "list" | "parts" | "forgetErrors">;
  trail: Pick<AuditTrail, "history">;
  requests: Pick<DataSubjectRequests, "list">;
  files: Pick<ExportFiles, "remove">;
  clock: Clock;
}

/**
 * Every place that holds data of persons besides their record, in the order in which an erasure goes over them. **Whoever
 * builds another place that does, such as an index of words, adds it here**: exports, erasures and their replay after a
 * restore then reach it. Copies that go by themselves within weeks (logs without personal data, events under way, backups)
 * are told of in the README of this folder.
 */
export function subjectStoresIn(deps: SubjectStoreDeps): SubjectStore[] {
  return [notesOf(deps), importTracesOf(deps), exportsOf(deps), auditEntriesOf(deps)];
}
