import type { Team } from "@shangji/contracts/people/schemas";
import type { ApiKey, ServiceAccount } from "@shangji/contracts/service-accounts/schemas";
import { found } from "../kit/domain-error.ts";
import type { Teams } from "../people/ports.ts";
import type { ApiKeys, ServiceAccounts } from "./ports.ts";
import { shownKey } from "./shown-key.ts";

/** The service account that calls, the key by which it does, and the team that it is in. @throws DomainError `not_found` */
export async function getMachine(
  { userId, keyId }: { userId: string; keyId: string },
  deps: { serviceAccounts: Pick<ServiceAccounts, "get">; keys: Pick<ApiKeys, "get">; teams: Pick<Teams, "cached"> },
): Promise<{ serviceAccount: ServiceAccount; key: ApiKey; team?: Team }> {
  const [serviceAccount, key] = await Promise.all([
    found(deps.serviceAccounts.get(userId)),
    found(deps.keys.get(keyId)),
  ]);
  const team = serviceAccount.teamId === undefined ? undefined : await deps.teams.cached(serviceAccount.teamId);
  return { serviceAccount, key: shownKey(key), ...(team ? { team } : {}) };
}
