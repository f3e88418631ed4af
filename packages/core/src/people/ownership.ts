import { unknownReference } from "../kit/domain-error.ts";
import type { Users } from "./ports.ts";

export interface Ownership {
  ownerId: string;
  teamId: string | null;
}

/** A record belongs to its owner and to the team that the owner is in. @throws DomainError `unknown_reference` */
export async function ownershipOf(ownerId: string, users: Users, pointer = "/body/ownerId"): Promise<Ownership> {
  const owner = await users.cached(ownerId);
  if (!owner) throw unknownReference(pointer, ownerId);
  return { ownerId, teamId: owner.teamId ?? null };
}
