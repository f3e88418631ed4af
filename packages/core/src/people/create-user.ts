import type { NewUser, User } from "@shangji/contracts/people/schemas";
import { newRecord } from "../kit/new-record.ts";
import type { Stored } from "../kit/record.ts";
import { assertTeamExists } from "./assert-people.ts";
import { assertHasEmail, requested } from "./invite-user.ts";
import type { PeopleDeps } from "./ports.ts";

/**
 * Adds a user to the directory, with an invitation if asked to.
 * @throws DomainError `unknown_reference`, `duplicate_value`, `invalid_request`
 */
export async function createUser(
  { invite = false, ...input }: NewUser & { invite?: boolean },
  deps: PeopleDeps,
): Promise<Stored<User>> {
  if (invite) assertHasEmail(input);
  await assertTeamExists(input.teamId, deps.teams);
  const stamp = { context: deps.context, command: "createUser" };
  const invitation = invite ? requested(deps.context) : null;
  const user = newRecord<User>("user", { ...input, active: true, invitation }, stamp);
  await deps.users.create(user, deps.context.claim);
  return user;
}
