import type { Actor } from "../kit/actor.ts";
import type { Clock } from "../kit/context.ts";
import { entityOf } from "../kit/ids.ts";
import type { Users } from "../people/ports.ts";
import { isUsable } from "../service-accounts/key-rules.ts";
import type { ApiKeys, ServiceAccounts } from "../service-accounts/ports.ts";
import type { ExportRecord } from "./ports.ts";

export interface AskerDeps {
  users: Pick<Users, "get">;
  serviceAccounts: Pick<ServiceAccounts, "get">;
  keys: Pick<ApiKeys, "get">;
  clock: Clock;
}

/** Whoever has asked for a running export, as they are now; undefined when they may not enter any more. */
export async function askerOf({ ownerId, change }: ExportRecord, deps: AskerDeps): Promise<Actor | undefined> {
  if (entityOf(ownerId) === "user") return actorFrom(await deps.users.get(ownerId));
  // Nothing has changed a running export since it was ordered, so its stamp is that of the order.
  const { keyId } = change;
  const key = keyId === undefined ? undefined : await deps.keys.get(keyId);
  if (!key || !isUsable(key, deps.clock.now())) return undefined;
  const actor = actorFrom(await deps.serviceAccounts.get(ownerId));
  return actor && { ...actor, scopes: key.scopes, keyId: key.id };
}

type Known = { id: string; active: boolean; role: Actor["role"]; teamId?: string | undefined };

function actorFrom(known: Known | undefined): Actor | undefined {
  if (!known?.active) return undefined;
  const { id: userId, role, teamId } = known;
  return { userId, role, ...(teamId === undefined ? {} : { teamId }) };
}
