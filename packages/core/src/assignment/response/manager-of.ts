import type { Team } from "@shangji/contracts/people/schemas";

/**
 * Who is told when nobody of a team has answered: its manager, or that of the next team above when there is none, or when it
 * is the owner in person. Undefined when there is nobody.
 */
export function managerOf(
  { ownerId, teamId }: { ownerId: string; teamId: string | undefined },
  teams: readonly Pick<Team, "id" | "managerId" | "parentId">[],
): string | undefined {
  const known = new Map(teams.map((team) => [team.id, team]));
  const seen = new Set<string>();
  let id = teamId;
  // Teams may stand in a circle.
  while (id !== undefined && !seen.has(id)) {
    seen.add(id);
    const team = known.get(id);
    if (team?.managerId !== undefined && team.managerId !== ownerId) return team.managerId;
    id = team?.parentId;
  }
  return undefined;
}
