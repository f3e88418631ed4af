import { type ChangeTarget, readForChange } from "../kit/read-for-change.ts";
import { bury } from "../kit/revise.ts";
import type { OpportunityDeps } from "./ports.ts";

/** @throws DomainError `not_found`, `stale_version`, `conflict` */
export async function deleteOpportunity(
  input: ChangeTarget,
  deps: Pick<OpportunityDeps, "opportunities" | "context">,
): Promise<void> {
  const before = await readForChange(deps.opportunities, input);
  await deps.opportunities.remove(before, bury(before, deps.context, "deleteOpportunity"));
}
