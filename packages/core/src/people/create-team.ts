import type { NewTeam, Team } from "@shangji/contracts/people/schemas";
import { newRecord } from "../kit/new-record.ts";
import { assertParent } from "../kit/parent-chain.ts";
import type { Stored } from "../kit/record.ts";
import { assertManagerExists } from "./assert-people.ts";
import type { PeopleDeps } from "./ports.ts";

/** Adds a team. @throws DomainError `unknown_reference`, `invalid_request` */
export async function createTeam(input: NewTeam, deps: PeopleDeps): Promise<Stored<Team>> {
  await assertManagerExists(input.managerId, deps.users);
  if (input.parentId) await assertParent({ parentId: input.parentId }, deps.teams.get);
  const team = newRecord<Team>("team", input, { context: deps.context, command: "createTeam" });
  await deps.teams.create(team, deps.context.claim);
  return team;
}
