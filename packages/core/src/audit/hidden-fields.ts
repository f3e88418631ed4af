import type { AuditEntry } from "@shangji/contracts/audit/schemas";
import type { Actor } from "../kit/actor.ts";

/** Fields of a kind of record that a caller may not see. */
export type HiddenFields = (actor: Actor, kind: string) => ReadonlySet<string>;

const nothing: ReadonlySet<string> = new Set();
/** For organisations without rules on fields: everyone who may read a record sees all of it. */
export const nothingHidden: HiddenFields = () => nothing;

/** The entry without any trace of the hidden fields: neither their values nor that they were changed. */
export function withoutFields(entry: AuditEntry, hidden: ReadonlySet<string>): AuditEntry {
  return { ...entry, changes: entry.changes.filter(({ field }) => !hidden.has(field)) };
}
