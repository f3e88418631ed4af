import type { NewUser, User } from "@shangji/contracts/people/schemas";
import { newRecord } from "../kit/new-record.ts";
import type { Stored } from "../kit/record.ts";
import { assertTeamExists } from "./assert-people.ts";
import type { PeopleDeps } from "./ports.ts";

/** Adds a user to the directory. @throws DomainError `unknown_reference`, `duplicate_value` */
export async function createUser(input: NewUser, deps: PeopleDeps): Promise<Stored<User>> {
  await assertTeamExists(input.teamId, deps.teams);
  const stamp = { context: deps.context, command: "createUser" };
  const user = newRecord<User>("user", { ...input, active: true }, stamp);
  await deps.users.create(user, deps.context.claim);
  return user;
}
