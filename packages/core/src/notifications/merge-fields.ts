import type { NotificationKind } from "@shangji/contracts/notifications/schemas";
import { templateLimits } from "@shangji/contracts/notifications/template-limits";
import type { NotificationTemplate } from "@shangji/contracts/notifications/templates";

/**
 * What texts may name: the record, who did it, how many days are left, what the records of a file are, and how many rows or records it
 * was about.
 */
export type MergeField = "name" | "by" | "days" | "records" | "count" | "created" | "updated" | "failed";

const ofRecord: readonly MergeField[] = ["name", "by"];
const ofImport: readonly MergeField[] = ["records", "count", "created", "updated", "failed"];

/** The fields of each kind that there is always a value for. */
export const mergeFields: Readonly<Record<NotificationKind, readonly MergeField[]>> = {
  account_assigned: ofRecord,
  contact_assigned: ofRecord,
  opportunity_assigned: ofRecord,
  lead_assigned: ofRecord,
  lead_unassigned: ["name"],
  lead_response_due: ofRecord,
  lead_response_missed: ofRecord,
  lead_response_escalated: ofRecord,
  lead_recycle_due: [...ofRecord, "days"],
  lead_recycled: ofRecord,
  account_recycle_due: [...ofRecord, "days"],
  account_recycled: ofRecord,
  records_handed_over: [...ofRecord, "count"],
  hand_over_completed: [...ofRecord, "count"],
  hand_over_failed: [...ofRecord, "count"],
  export_completed: ["records", "count"],
  export_failed: ["records"],
  import_completed: ofImport,
  import_tried: ofImport,
  import_failed: ofImport,
  data_subject_request_failed: [],
};

/** What is wrong with a text of a kind; undefined when nothing is. */
export function faultIn(text: string, kind: NotificationKind): string | undefined {
  const fields = mergeFields[kind].map((field) => `{${field}}`);
  const parts = text.split(/(\{[^{}]*\})/);
  const named = parts.filter((part) => fields.includes(part));
  const others = parts.filter((part) => !fields.includes(part));
  if (others.some((part) => /[{}]/.test(part)))
    return fields.length === 0 ? "must hold no braces" : `must hold no braces but those of ${fields.join(" ")}`;
  if (named.length > templateLimits.fields) return `must name no more than ${templateLimits.fields} fields`;
  return undefined;
}

/** Whether a text of the customer's can be used: what a kind's fields are may have changed since it was written. */
export function isUsable({ title, text }: NotificationTemplate, kind: NotificationKind): boolean {
  return faultIn(title, kind) === undefined && faultIn(text, kind) === undefined;
}
