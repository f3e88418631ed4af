import { type ChangeTarget, readForChange } from "../kit/read-for-change.ts";
import { bury } from "../kit/revise.ts";
import type { LeadDeps } from "./ports.ts";

/** @throws DomainError `not_found`, `stale_version`, `conflict` */
export async function deleteLead(input: ChangeTarget, deps: Pick<LeadDeps, "leads" | "context">): Promise<void> {
  const before = await readForChange(deps.leads, input);
  await deps.leads.remove(before, bury(before, deps.context, "deleteLead"));
}
