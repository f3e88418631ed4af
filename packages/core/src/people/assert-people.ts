import { inactiveReference, unknownReference } from "../kit/domain-error.ts";
import type { Teams, Users } from "./ports.ts";

/** Checks the team that a request names; none and `null` are fine. @throws DomainError `unknown_reference` */
export async function assertTeamExists(teamId: string | null | undefined, teams: Teams): Promise<void> {
  if (teamId && !(await teams.cached(teamId))) throw unknownReference("/body/teamId", teamId);
}

/**
 * Checks the manager that a request names; none and `null` are fine.
 * @throws DomainError `unknown_reference`, `inactive_reference`
 */
export async function assertManagerExists(managerId: string | null | undefined, users: Users): Promise<void> {
  if (!managerId) return;
  const manager = await users.cached(managerId);
  if (!manager) throw unknownReference("/body/managerId", managerId);
  if (!manager.active) throw inactiveReference("/body/managerId");
}
