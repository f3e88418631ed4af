import type { Invitation, User } from "@shangji/contracts/people/schemas";
import type { CallContext } from "../kit/context.ts";
import { DomainError, found } from "../kit/domain-error.ts";
import type { Stored } from "../kit/record.ts";
import { revise } from "../kit/revise.ts";
import type { PeopleDeps } from "./ports.ts";

/**
 * Asks for an invitation of someone who has none or has not followed it. The mail is sent by what follows from the write.
 * @throws DomainError `not_found`, `user_inactive`, `invitation_accepted`, `invalid_request`, `conflict`
 */
export async function inviteUser(
  { id }: { id: string },
  { users, context }: Pick<PeopleDeps, "users" | "context">,
): Promise<Stored<User>> {
  const before = await found(users.get(id));
  if (!before.active) throw new DomainError("user_inactive", "Let the user in again first.");
  if (before.invitation?.state === "accepted")
    throw new DomainError("invitation_accepted", "There is nothing to invite to.");
  assertHasEmail(before);
  const after = revise(before, { invitation: requested(context) }, { context, command: "inviteUser" });
  await users.update(before, after, context.claim);
  return after;
}

export function requested({ clock }: CallContext): Invitation {
  return { state: "requested", at: clock.now().toISOString() };
}

export function assertHasEmail({ email }: Pick<User, "email">): void {
  if (email) return;
  throw new DomainError("invalid_request", "An invitation goes to an e-mail address.", {
    errors: [{ pointer: "/body/email", message: "is needed for an invitation" }],
  });
}
