import type { Lead } from "@shangji/contracts/leads/schemas";
import { checkDuplicates, marksPatch } from "../duplicates/check-duplicates.ts";
import type { ChangeTarget } from "../kit/read-for-change.ts";
import type { Stored } from "../kit/record.ts";
import { restoreRecord } from "../kit/restore-record.ts";
import type { LeadDeps } from "./ports.ts";

/** @throws DomainError `not_found`, `conflict`, `stale_version`, `duplicate_value`, `duplicate` */
export function restoreLead(
  input: ChangeTarget,
  { leads, contacts, duplicates, context }: Pick<LeadDeps, "leads" | "contacts" | "duplicates" | "context">,
): Promise<Stored<Lead>> {
  return restoreRecord<Lead>(input, "restoreLead", {
    records: leads,
    context,
    async fields(before) {
      const { marks } = await checkDuplicates(
        { entity: "lead", after: before },
        { ...duplicates, records: leads, others: contacts },
      );
      return marksPatch(marks, before);
    },
  });
}
