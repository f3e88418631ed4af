import { inactiveReference, unknownReference } from "../kit/domain-error.ts";
import type { Users } from "./ports.ts";

export interface Ownership {
  ownerId: string;
  teamId: string | null;
}

/**
 * A record belongs to its owner and to the team that the owner is in. Nothing is given to who is deactivated; what slips
 * through in the half minute that users are remembered is found by the last pass of the hand-over.
 * @throws DomainError `unknown_reference`, `inactive_reference`
 */
export async function ownershipOf(ownerId: string, users: Users, pointer = "/body/ownerId"): Promise<Ownership> {
  const owner = await users.cached(ownerId);
  if (!owner) throw unknownReference(pointer, ownerId);
  if (!owner.active) throw inactiveReference(pointer);
  return { ownerId, teamId: owner.teamId ?? null };
}

/** What changes with the owner that a request names: nothing when it names none; `null` clears the team too. */
export async function ownershipChange(
  ownerId: string | null | undefined,
  users: Users,
): Promise<{ ownerId?: string | null; teamId?: string | null }> {
  if (ownerId === undefined) return {};
  return ownerId === null ? { ownerId: null, teamId: null } : ownershipOf(ownerId, users);
}
