import type { NewServiceAccount, ServiceAccount } from "@shangji/contracts/service-accounts/schemas";
import { newRecord } from "../kit/new-record.ts";
import type { Stored } from "../kit/record.ts";
import { assertTeamExists } from "../people/assert-people.ts";
import type { ServiceAccountDeps } from "./ports.ts";

/** Adds a service account, active and without keys. @throws DomainError `unknown_reference` */
export async function createServiceAccount(
  input: NewServiceAccount,
  deps: ServiceAccountDeps,
): Promise<Stored<ServiceAccount>> {
  await assertTeamExists(input.teamId, deps.teams);
  const stamp = { context: deps.context, command: "createServiceAccount" };
  const account = newRecord<ServiceAccount>("serviceAccount", { ...input, active: true }, stamp);
  await deps.serviceAccounts.create(account, deps.context.claim);
  return account;
}
