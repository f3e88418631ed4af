import type { Clock } from "@shangji/core/kit/context";
import { isUsable } from "@shangji/core/service-accounts/key-rules";
import { isSecretOf, keyIdOf } from "@shangji/core/service-accounts/key-secret";
import type { ApiKeys, KeyUses, ServiceAccounts } from "@shangji/core/service-accounts/ports";
import type { AuthorizerContext } from "./actor.ts";
import { describeError, log } from "./log.ts";

export interface ApiKeyDeps {
  /** Budget of a service account that has none of its own; 0: no limit. */
  machineRequestsPerMinute: number;
  keys: Pick<ApiKeys, "get">;
  serviceAccounts: Pick<ServiceAccounts, "get">;
  uses: Pick<KeyUses, "touch">;
  clock: Clock;
}

/** Whether a bearer token claims to be an API key; access tokens begin otherwise. */
export function isApiKey(token: string): boolean {
  return token.startsWith("sk_");
}

/**
 * Whom a key stands for: "nobody" for a secret that is unknown, expired or revoked, "inactive" for a good key of an account
 * that may not enter. Two reads, and a note of the use beside the second one.
 */
export async function holderOf(secret: string, deps: ApiKeyDeps): Promise<AuthorizerContext | "nobody" | "inactive"> {
  const keyId = keyIdOf(secret);
  const key = keyId === undefined ? undefined : await deps.keys.get(keyId);
  if (!key || !isSecretOf(secret, key.hash) || !isUsable(key, deps.clock.now())) return "nobody";
  const [account] = await Promise.all([deps.serviceAccounts.get(key.serviceAccountId), noteUse(key.id, deps)]);
  if (!account?.active) return "inactive";
  const { id: userId, role, teamId, requestsPerMinute = deps.machineRequestsPerMinute } = account;
  const own = { scopes: key.scopes.join(" "), keyId: key.id, ...budgetOf(requestsPerMinute) };
  return { userId, role, ...(teamId === undefined ? {} : { teamId }), ...own };
}

/** As the gateway passes it on; 0 stands for no limit. */
export function budgetOf(requestsPerMinute: number): Pick<AuthorizerContext, "requestsPerMinute"> {
  return requestsPerMinute > 0 ? { requestsPerMinute: String(requestsPerMinute) } : {};
}

/** A use that could not be noted is no reason to turn the caller away. */
async function noteUse(keyId: string, { uses }: ApiKeyDeps): Promise<void> {
  await uses.touch(keyId).catch((error: unknown) => {
    log("warn", { message: "key use not noted", keyId, ...describeError(error) });
  });
}
