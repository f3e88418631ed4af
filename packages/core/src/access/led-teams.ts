import type { Team } from "@shangji/contracts/people/schemas";
import type { Actor } from "../kit/actor.ts";

/** The actor's own team, the teams that the actor manages, and every team below one of them. */
export function ledTeams({ userId, teamId }: Actor, teams: readonly Pick<Team, "id" | "parentId" | "managerId">[]) {
  const below = Map.groupBy(teams, ({ parentId }) => parentId);
  const led = new Set<string>(teamId === undefined ? [] : [teamId]);
  for (const team of teams) if (team.managerId === userId) led.add(team.id);
  // A set hands out what is added while it is walked through, and nothing twice: circles end.
  for (const id of led) for (const team of below.get(id) ?? []) led.add(team.id);
  return [...led];
}
