import type { AuditEntry } from "@shangji/contracts/audit/schemas";
import type { CallContext } from "../kit/context.ts";
import { notFound } from "../kit/domain-error.ts";
import type { Page, PageRequest, RecordStore } from "../kit/record.ts";
import { type HiddenFields, withoutFields } from "./hidden-fields.ts";
import type { AuditTrail } from "./ports.ts";

export interface HistoryDeps {
  trail: Pick<AuditTrail, "history">;
  /** Where the record is kept: who cannot get it here cannot read its history. */
  records: Pick<RecordStore<unknown>, "get">;
  hiddenFields: HiddenFields;
  context: CallContext;
}

/**
 * Every change of one record and of with whom it is shared, newest first, without the fields that the caller may not see. The history of a deleted
 * record is for admins only.
 * @throws DomainError `not_found`, also when the record exists and the caller may not read it
 */
export async function readHistory(
  { recordId, limit, after }: PageRequest & { recordId: string },
  { trail, records, hiddenFields, context: { actor } }: HistoryDeps,
): Promise<Page<AuditEntry>> {
  const isReadable = (await records.get(recordId)) !== undefined;
  if (!isReadable && actor.role !== "admin") throw notFound();
  const page = await trail.history(recordId, { limit, after });
  if (!isReadable && !after && page.items.length === 0) throw notFound();
  return { ...page, items: page.items.map((entry) => withoutFields(entry, hiddenFields(actor, entry.kind))) };
}
