import type { CallContext } from "../kit/context.ts";
import { DomainError } from "../kit/domain-error.ts";
import { revise } from "../kit/revise.ts";
import type { Users } from "./ports.ts";

/** Notes that an invited user has signed in. When the user is written at this moment, the next sign-in notes it. */
export async function acceptInvitation(
  { userId }: { userId: string },
  { users, context }: { users: Pick<Users, "get" | "update">; context: CallContext },
): Promise<void> {
  const before = await users.get(userId);
  if (!before?.invitation || before.invitation.state === "accepted") return;
  const invitation = { state: "accepted", at: before.invitation.at };
  const after = revise(before, { invitation }, { context, command: "signIn" });
  await users.update(before, after).catch((error: unknown) => {
    if (!(error instanceof DomainError) || error.code !== "conflict") throw error;
  });
}
