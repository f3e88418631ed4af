import type { User, UserPatch } from "@shangji/contracts/people/schemas";
import { witnessOf } from "../access/in-charge.ts";
import type { Viewer } from "../access/viewer.ts";
import { DomainError } from "../kit/domain-error.ts";
import { type ChangeTarget, readForChange } from "../kit/read-for-change.ts";
import type { Stored } from "../kit/record.ts";
import { revise } from "../kit/revise.ts";
import { assertTeamExists } from "./assert-people.ts";
import type { PeopleDeps, Personnel } from "./ports.ts";
import { assertMayChange } from "./user-change-rules.ts";

interface UpdateUserDeps extends PeopleDeps {
  personnel: Pick<Personnel, "change">;
  viewer: Viewer;
}

/**
 * Changes a user. When the team changes, the user's records stay with the team that they were won or worked in.
 * @throws DomainError `not_found`, `stale_version`, `conflict`, `unknown_reference`, `duplicate_value`, `forbidden`,
 * `field_not_allowed`, `locks_out` when nobody else could manage users, `invalid_request` when someone who may sign in
 * would have no e-mail address
 */
export async function updateUser(
  input: ChangeTarget & { patch: UserPatch },
  deps: UpdateUserDeps,
): Promise<Stored<User>> {
  const { patch } = input;
  const { users, context, viewer } = deps;
  const before = await readForChange(users, input);
  assertMayChange(before, patch, viewer);
  if (patch.email === null && before.invitation) throw needsEmail();
  await assertTeamExists(patch.teamId, deps.teams);
  const after = revise(before, patch, { context, command: "updateUser" });
  const witness = await witnessOf({ before, after }, { users, rules: viewer.rules });
  await deps.personnel.change({ before, after, witness });
  return after;
}

function needsEmail(): DomainError {
  return new DomainError("invalid_request", "Who may sign in does so by e-mail.", {
    errors: [{ pointer: "/body/email", message: "cannot be taken from who may sign in" }],
  });
}
