import type { DeactivationProgress } from "@shangji/contracts/people/schemas";
import { found, notFound } from "../kit/domain-error.ts";
import type { Deactivations, Users } from "./ports.ts";

/** The last deactivation of a user, and how far its hand-over has come. @throws DomainError `not_found` when there was none */
export async function getDeactivation(
  { id }: { id: string },
  { users, deactivations }: { users: Pick<Users, "get">; deactivations: Pick<Deactivations, "get" | "progressOf"> },
): Promise<DeactivationProgress> {
  const { deactivationId } = await found(users.get(id));
  if (deactivationId === undefined) throw notFound();
  const [deactivation, progress] = await Promise.all([
    found(deactivations.get(deactivationId)),
    deactivations.progressOf(deactivationId),
  ]);
  return { ...deactivation, moved: progress?.moved ?? { account: 0, contact: 0, opportunity: 0, lead: 0, team: 0 } };
}
