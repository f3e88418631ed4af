import type { Lead } from "@shangji/contracts/leads/schemas";
import { checkDuplicates, marksPatch } from "../duplicates/check-duplicates.ts";
import type { ChangeTarget } from "../kit/read-for-change.ts";
import type { Stored } from "../kit/record.ts";
import { restoreRecord } from "../kit/restore-record.ts";
import { isClosedLead } from "../people/closed-lead.ts";
import { statusWithOwner } from "./move-lead.ts";
import type { LeadDeps } from "./ports.ts";

/**
 * Brings a lead back. One to be worked on whose owner has been deactivated meanwhile is nobody's: no hand-over finds it any more.
 * @throws DomainError `not_found`, `conflict`, `stale_version`, `duplicate_value`, `duplicate`
 */
export function restoreLead(
  input: ChangeTarget,
  { leads, contacts, users, duplicates, context }: LeadDeps,
): Promise<Stored<Lead>> {
  return restoreRecord<Lead>(input, "restoreLead", {
    records: leads,
    context,
    async fields(before) {
      const { marks } = await checkDuplicates(
        { entity: "lead", after: before },
        { ...duplicates, records: leads, others: contacts },
      );
      return { ...(await withoutWhoLeft(before, { users, context })), ...marksPatch(marks, before) };
    },
  });
}

async function withoutWhoLeft(
  before: Stored<Lead>,
  { users, context }: Pick<LeadDeps, "users" | "context">,
): Promise<Record<string, unknown>> {
  if (before.ownerId === undefined || isClosedLead(before)) return {};
  if ((await users.cached(before.ownerId))?.active) return {};
  const nobodys = { ownerId: null, teamId: null };
  return { ...nobodys, ...statusWithOwner(before, nobodys, context.clock.now().toISOString()) };
}
