import type { AuditEntry } from "@shangji/contracts/audit/schemas";
import type { AuditTrail } from "@shangji/core/audit/ports";
import type { SubjectStore } from "@shangji/core/protection/ports";

/** What was changed in the person's record. The values are erased with the person's key, before any store is. */
export function auditEntriesOf({ trail }: { trail: Pick<AuditTrail, "history"> }): SubjectStore {
  return {
    name: "changes",
    async read({ id }) {
      const entries: AuditEntry[] = [];
      let after: Record<string, unknown> | undefined;
      do {
        const page = await trail.history(id, { limit: 100, after });
        entries.push(...page.items);
        after = page.next;
      } while (after);
      return entries;
    },
    erase: async () => ({ items: 0 }),
  };
}
