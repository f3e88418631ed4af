import type { AuditEntry } from "@shangji/contracts/audit/schemas";
import type { AuditTrail } from "@shangji/core/audit/ports";
import type { PageRequest } from "@shangji/core/kit/record";

/** A trail in memory. */
export function fakeAuditTrail(): AuditTrail {
  const entries = new Map<string, AuditEntry>();
  function page(wanted: (entry: AuditEntry) => boolean, { limit, after }: PageRequest) {
    const all = [...entries.values()].filter(wanted).sort((left, right) => (left.at > right.at ? -1 : 1));
    const start = Number(after?.offset ?? 0);
    const items = structuredClone(all.slice(start, start + limit));
    return start + limit < all.length ? { items, next: { offset: start + limit } } : { items };
  }
  return {
    async append(added) {
      for (const entry of added) if (!entries.has(entry.id)) entries.set(entry.id, structuredClone(entry));
    },
    history: async (recordId, request) =>
      page((entry) => entry.recordId === recordId && entry.action !== "signed_in", request),
    list: async ({ from, to, actor, kind }, request) =>
      page(
        (entry) =>
          entry.at >= from &&
          entry.at < to &&
          (actor === undefined || entry.actorId === actor) &&
          (kind === undefined || entry.kind === kind),
        request,
      ),
  };
}
