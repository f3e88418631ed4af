import { type ChangeTarget, readForChange } from "../kit/read-for-change.ts";
import { bury } from "../kit/revise.ts";
import { assertNotPooled } from "./assert-not-pooled.ts";
import type { LeadDeps } from "./ports.ts";

/** @throws DomainError `not_found`, `stale_version`, `pooled`, `conflict` */
export async function deleteLead(input: ChangeTarget, deps: Pick<LeadDeps, "leads" | "context">): Promise<void> {
  const before = await readForChange(deps.leads, input);
  assertNotPooled(before);
  await deps.leads.remove(before, bury(before, deps.context, "deleteLead"));
}
