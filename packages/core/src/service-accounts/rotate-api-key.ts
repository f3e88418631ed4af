import type { IssuedKey, KeyRotation } from "@shangji/contracts/service-accounts/schemas";
import type { Stored } from "../kit/record.ts";
import { revise } from "../kit/revise.ts";
import { type KeyTarget, keyForChange } from "./key-for-change.ts";
import { assertRotatable } from "./key-rules.ts";
import { newKey } from "./new-key.ts";
import type { ApiKeyDeps, KeyRecord } from "./ports.ts";
import { issuedKey } from "./shown-key.ts";

/**
 * Makes a key with the name and scopes of an old one, which expires after the overlap or when it would have anyway. The
 * new key lives as long as the old one was made for, unless the caller says otherwise.
 * @throws DomainError `not_found`, `stale_version`, `conflict`, `key_not_usable`, `invalid_request`
 */
export async function rotateApiKey(
  input: KeyTarget & { rotation: KeyRotation },
  deps: Omit<ApiKeyDeps, "serviceAccounts">,
): Promise<IssuedKey & { secret: string }> {
  const { rotation } = input;
  const now = deps.context.clock.now();
  const before = await keyForChange(deps.keys, input);
  assertRotatable(before, now);
  const { serviceAccountId, name, scopes } = before;
  const expiresAt = rotation.expiresAt ?? new Date(now.getTime() + lifeMs(before)).toISOString();
  const { key, secret } = newKey({ serviceAccountId, name, scopes, expiresAt }, { ...deps, command: "rotateApiKey" });
  const lastMs = Math.min(Date.parse(before.expiresAt), now.getTime() + rotation.overlapSeconds * 1000);
  const patch = { successorId: key.id, expiresAt: new Date(lastMs).toISOString() };
  const after = revise(before, patch, { context: deps.context, command: "rotateApiKey" });
  await deps.keys.rotate({ before, after, successor: key }, deps.context.claim);
  return issuedKey(key, secret);
}

/** Only rotation shortens a key's life, and it comes once. */
function lifeMs({ createdAt, expiresAt }: Stored<KeyRecord>): number {
  return Date.parse(expiresAt) - Date.parse(createdAt);
}
