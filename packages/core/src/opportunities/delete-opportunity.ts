import { notFound } from "../kit/domain-error.ts";
import { assertVersion, bury } from "../kit/revise.ts";
import type { OpportunityDeps } from "./ports.ts";

/** @throws DomainError `not_found`, `stale_version`, `conflict` */
export async function deleteOpportunity(
  input: { id: string; expectedVersion?: number | undefined },
  deps: Pick<OpportunityDeps, "opportunities" | "context">,
): Promise<void> {
  const before = await deps.opportunities.get(input.id);
  if (!before) throw notFound();
  assertVersion(before, input.expectedVersion);
  await deps.opportunities.remove(before, bury(before, deps.context, "deleteOpportunity"));
}
