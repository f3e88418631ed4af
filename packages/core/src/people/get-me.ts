import type { Team, User } from "@shangji/contracts/people/schemas";
import { notFound } from "../kit/domain-error.ts";
import type { PeopleDeps } from "./ports.ts";

/** The caller's own user, with the team it is in. @throws DomainError `not_found` */
export async function getMe(deps: PeopleDeps): Promise<{ user: User; team?: Team }> {
  const user = await deps.users.get(deps.context.actor.userId);
  if (!user) throw notFound();
  const team = user.teamId === undefined ? undefined : await deps.teams.cached(user.teamId);
  return team ? { user, team } : { user };
}
