import type { ServiceAccount, ServiceAccountPatch } from "@shangji/contracts/service-accounts/schemas";
import { type ChangeTarget, readForChange } from "../kit/read-for-change.ts";
import type { Stored } from "../kit/record.ts";
import { revise } from "../kit/revise.ts";
import { assertTeamExists } from "../people/assert-people.ts";
import type { ServiceAccountDeps } from "./ports.ts";

/**
 * Changes a service account. Its keys are judged by it anew whenever the authoriser is asked, so nothing else has to change.
 * @throws DomainError `not_found`, `stale_version`, `conflict`, `unknown_reference`
 */
export async function updateServiceAccount(
  input: ChangeTarget & { patch: ServiceAccountPatch },
  deps: ServiceAccountDeps,
): Promise<Stored<ServiceAccount>> {
  const before = await readForChange(deps.serviceAccounts, input);
  await assertTeamExists(input.patch.teamId, deps.teams);
  const after = revise(before, input.patch, { context: deps.context, command: "updateServiceAccount" });
  await deps.serviceAccounts.update(before, after);
  return after;
}
