import type { Actor } from "../kit/actor.ts";
import type { Clock } from "../kit/context.ts";
import { entityOf } from "../kit/ids.ts";
import type { Users } from "../people/ports.ts";
import { isUsable } from "../service-accounts/key-rules.ts";
import type { ApiKeys, ServiceAccounts } from "../service-accounts/ports.ts";

export interface ActorDeps {
  users: Pick<Users, "get">;
  serviceAccounts: Pick<ServiceAccounts, "get">;
  keys: Pick<ApiKeys, "get">;
  clock: Clock;
}

/**
 * Whoever has ordered a job, as they are now, with the key that it was ordered by; undefined when they, or the key, may not
 * enter any more.
 */
export async function actorNow(
  { id, keyId }: { id: string; keyId?: string | undefined },
  deps: ActorDeps,
): Promise<Actor | undefined> {
  if (entityOf(id) === "user") return actorFrom(await deps.users.get(id));
  const key = keyId === undefined ? undefined : await deps.keys.get(keyId);
  if (!key || !isUsable(key, deps.clock.now())) return undefined;
  const actor = actorFrom(await deps.serviceAccounts.get(id));
  return actor && { ...actor, scopes: key.scopes, keyId: key.id };
}

type Known = { id: string; active: boolean; role: Actor["role"]; teamId?: string | undefined };

function actorFrom(known: Known | undefined): Actor | undefined {
  if (!known?.active) return undefined;
  const { id: userId, role, teamId } = known;
  return { userId, role, ...(teamId === undefined ? {} : { teamId }) };
}
