import { unknownReference } from "../kit/domain-error.ts";
import type { Teams, Users } from "./ports.ts";

/** Checks the team that a request names; none and `null` are fine. @throws DomainError `unknown_reference` */
export async function assertTeamExists(teamId: string | null | undefined, teams: Teams): Promise<void> {
  if (teamId && !(await teams.cached(teamId))) throw unknownReference("/body/teamId", teamId);
}

/** Checks the manager that a request names; none and `null` are fine. @throws DomainError `unknown_reference` */
export async function assertManagerExists(managerId: string | null | undefined, users: Users): Promise<void> {
  if (managerId && !(await users.cached(managerId))) throw unknownReference("/body/managerId", managerId);
}
