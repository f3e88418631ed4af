import type { Team, TeamPatch } from "@shangji/contracts/people/schemas";
import { assertParent } from "../kit/parent-chain.ts";
import { type ChangeTarget, readForChange } from "../kit/read-for-change.ts";
import type { Stored } from "../kit/record.ts";
import { revise } from "../kit/revise.ts";
import { assertManagerExists } from "./assert-people.ts";
import type { PeopleDeps } from "./ports.ts";

/** @throws DomainError `not_found`, `stale_version`, `conflict`, `unknown_reference`, `invalid_request` */
export async function updateTeam(input: ChangeTarget & { patch: TeamPatch }, deps: PeopleDeps): Promise<Stored<Team>> {
  const { id, patch } = input;
  const before = await readForChange(deps.teams, input);
  await assertManagerExists(patch.managerId, deps.users);
  if (patch.parentId) await assertParent({ id, parentId: patch.parentId }, deps.teams.get);
  const after = revise(before, patch, { context: deps.context, command: "updateTeam" });
  await deps.teams.update(before, after);
  return after;
}
