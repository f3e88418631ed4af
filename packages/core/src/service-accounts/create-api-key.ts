import type { IssuedKey, NewApiKey } from "@shangji/contracts/service-accounts/schemas";
import { found } from "../kit/domain-error.ts";
import { newKey } from "./new-key.ts";
import type { ApiKeyDeps } from "./ports.ts";
import { issuedKey } from "./shown-key.ts";

/** Makes a key of a service account. The secret is in the answer and nowhere else. @throws DomainError `not_found`, `invalid_request` */
export async function createApiKey(
  input: { id: string; key: NewApiKey },
  deps: ApiKeyDeps,
): Promise<IssuedKey & { secret: string }> {
  const account = await found(deps.serviceAccounts.get(input.id));
  const fields = { ...input.key, serviceAccountId: account.id };
  const { key, secret } = newKey(fields, { ...deps, command: "createApiKey" });
  await deps.keys.create(key, deps.context.claim);
  return issuedKey(key, secret);
}
