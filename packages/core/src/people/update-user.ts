import type { User, UserPatch } from "@shangji/contracts/people/schemas";
import { type ChangeTarget, readForChange } from "../kit/read-for-change.ts";
import type { Stored } from "../kit/record.ts";
import { revise } from "../kit/revise.ts";
import { assertTeamExists } from "./assert-people.ts";
import type { PeopleDeps } from "./ports.ts";

/**
 * Changes a user. When the team changes, the user's records stay with the team that they were won or worked in.
 * @throws DomainError `not_found`, `stale_version`, `conflict`, `unknown_reference`, `duplicate_value`
 */
export async function updateUser(input: ChangeTarget & { patch: UserPatch }, deps: PeopleDeps): Promise<Stored<User>> {
  const before = await readForChange(deps.users, input);
  await assertTeamExists(input.patch.teamId, deps.teams);
  const after = revise(before, input.patch, { context: deps.context, command: "updateUser" });
  await deps.users.update(before, after);
  return after;
}
