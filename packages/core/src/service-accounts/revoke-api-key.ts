import type { CallContext } from "../kit/context.ts";
import { revise } from "../kit/revise.ts";
import { type KeyTarget, keyForChange } from "./key-for-change.ts";
import type { ApiKeys } from "./ports.ts";

/** Revokes a key for good; it stays listed. Revoking it again changes nothing. @throws DomainError `not_found`, `stale_version`, `conflict` */
export async function revokeApiKey(input: KeyTarget, deps: { keys: ApiKeys; context: CallContext }): Promise<void> {
  const before = await keyForChange(deps.keys, input);
  if (before.revokedAt !== undefined) return;
  const patch = { revokedAt: deps.context.clock.now().toISOString() };
  await deps.keys.update(before, revise(before, patch, { context: deps.context, command: "revokeApiKey" }));
}
