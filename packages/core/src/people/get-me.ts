import type { Person, Team } from "@shangji/contracts/people/schemas";
import { found } from "../kit/domain-error.ts";
import type { PeopleDeps } from "./ports.ts";
import { shownUser } from "./shown-user.ts";

/** The caller's own user, with the team it is in. @throws DomainError `not_found` */
export async function getMe(deps: PeopleDeps): Promise<{ user: Person; team?: Team }> {
  const user = shownUser(await found(deps.users.get(deps.context.actor.userId)));
  const team = user.teamId === undefined ? undefined : await deps.teams.cached(user.teamId);
  return team ? { user, team } : { user };
}
