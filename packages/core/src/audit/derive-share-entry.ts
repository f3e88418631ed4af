import type { RecordChange } from "../events/record-change.ts";
import { categoryOf } from "./category.ts";
import type { NewAuditEntry } from "./ports.ts";
import { stampOf } from "./stamp.ts";

/** A share, or what is left of one that was ended, as the stream shows it. */
interface ShareImage {
  recordId: string;
  principalId: string;
  /** What the principal may do with the record; absent once the share was ended. */
  level?: string;
  deletedAt?: string;
}

/**
 * What sharing a record, and ending a share, leaves in the trail of that record: with whom, and what they could do with it
 * before and can do now. No level changes when somebody shares what was shared alike. Its id follows from the request, which
 * says one thing about one principal.
 */
export function deriveShareEntry({ kind, before, after }: RecordChange): NewAuditEntry {
  const [was, is] = [before, after] as unknown as [ShareImage | undefined, ShareImage]; // only the store of shares writes this kind
  const { recordId, principalId, level: to } = is;
  const from = was?.level;
  const change = { field: "level", ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) };
  return {
    id: `${recordId}.${principalId}.${after.change.requestId}`,
    ...stampOf(after.change),
    category: categoryOf(kind),
    action: is.deletedAt === undefined ? "shared" : "share_ended",
    kind,
    recordId,
    principalId,
    changes: from === to ? [] : [change],
  };
}
