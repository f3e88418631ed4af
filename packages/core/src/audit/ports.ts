import type { AuditEntry } from "@shangji/contracts/audit/schemas";
import type { Page, PageRequest } from "../kit/record.ts";

/** Which part of the trail is asked for. Instants in UTC, to the millisecond; `to` is not part of it. */
export interface TrailQuery {
  from: string;
  to: string;
  actor?: string | undefined;
  kind?: string | undefined;
}

/**
 * An entry as it is added: `subjectId` names the person whose values are in it, so that they can be erased, and `mergedIds` who
 * was part of the record before or after it: some of the values may be theirs, and they may become persons of their own again.
 */
export type NewAuditEntry = AuditEntry & { subjectId?: string | undefined; mergedIds?: readonly string[] | undefined };

/** Everything that was changed and everyone who signed in. It only grows: there is no way to alter or remove an entry. */
export interface AuditTrail {
  /** Adds entries; one that is there already stays as it is. */
  append(entries: readonly NewAuditEntry[]): Promise<void>;
  /** Changes of one record and of with whom it is shared, newest first. */
  history(recordId: string, page: PageRequest): Promise<Page<AuditEntry>>;
  /** Newest first. A page may be short of `limit`, even empty, and still have a `next`: what is read for one is bounded. */
  list(query: TrailQuery, page: PageRequest): Promise<Page<AuditEntry>>;
}
