import type { Invitation, User } from "@shangji/contracts/people/schemas";
import type { CallContext } from "../kit/context.ts";
import { DomainError } from "../kit/domain-error.ts";
import { revise } from "../kit/revise.ts";
import { type Identities, type PoolUser, Undeliverable, type UserPool, type Users } from "./ports.ts";

export interface SyncSignInDeps {
  users: Pick<Users, "get" | "update">;
  identities: Pick<Identities, "subjectOf" | "link">;
  pool: UserPool;
  context: CallContext;
}

const mostRounds = 5;

/**
 * Makes the user pool say of a user what the directory says: there or not, e-mail, group, enabled, invited. It looks at both
 * as they are and does what is missing, so it can end at any point and be repeated. Two at the same time may do each other's
 * work badly: each looks again at the end, and whoever worked on what is past goes on.
 * @throws DomainError `conflict` when the user keeps changing; doing it again later is safe.
 */
export async function syncSignIn({ userId }: { userId: string }, deps: SyncSignInDeps): Promise<void> {
  for (let round = 1; round <= mostRounds; round++) {
    const user = await deps.users.get(userId);
    // Whom nobody has let in is not in the pool.
    if (!user?.invitation) return;
    const invitation = await bring(user, user.invitation, deps);
    const now = await deps.users.get(userId);
    if (now?.version !== user.version) continue;
    if (invitation.state === user.invitation.state && invitation.reason === user.invitation.reason) return;
    const after = revise(now, { invitation }, { context: deps.context, command: "syncSignIn" });
    try {
      await deps.users.update(now, after);
      return;
    } catch (error) {
      if (!(error instanceof DomainError) || error.code !== "conflict") throw error;
    }
  }
  throw new DomainError("conflict", "The user keeps changing.");
}

/** Answers what has become of the invitation. */
async function bring(user: User, invitation: Invitation, deps: SyncSignInDeps): Promise<Invitation> {
  const { pool } = deps;
  const known = await findOrInvite(user, invitation, deps);
  if ("outcome" in known) return known.outcome;
  const { person, isNew } = known;
  if (!user.active) {
    // Both each time: a crash may have come between the two.
    await pool.disable(person.subject);
    return invitation;
  }
  if (user.email && person.email?.toLowerCase() !== user.email.toLowerCase()) {
    const isTaken = await pool.setEmail(person.subject, user.email).then(() => false, isDuplicate);
    if (isTaken) return outcome(invitation, "failed", "email_in_use");
  }
  await pool.setGroup(person.subject, user.role);
  if (!person.isEnabled) await pool.enable(person.subject);
  if (person.hasSignedIn) return outcome(invitation, "accepted");
  if (invitation.state !== "requested") return invitation;
  if (!isNew && user.email) {
    const isSent = await pool.inviteAgain(user.email).then(() => true, isUndeliverable);
    if (!isSent) return outcome(invitation, "failed", "undeliverable");
  }
  return outcome(invitation, "sent");
}

type Known = { person: PoolUser; isNew: boolean } | { outcome: Invitation };

async function findOrInvite(user: User, invitation: Invitation, deps: SyncSignInDeps): Promise<Known> {
  const { pool, identities } = deps;
  const subject = await identities.subjectOf(user.id);
  const linked = subject === undefined ? undefined : await pool.find(subject);
  if (linked) return { person: linked, isNew: false };
  // Nobody to lock out, and nobody to invite.
  if (!user.active || !user.email || invitation.state === "failed") return { outcome: invitation };
  let person = await pool.find(user.email);
  const isNew = !person;
  try {
    person ??= await pool.invite(user.email);
    // Made by a call that crashed before this line, or by an admin in the pool itself: nobody registers on their own.
    await identities.link(user.id, person.subject);
    return { person, isNew };
  } catch (error) {
    if (error instanceof Undeliverable) return { outcome: outcome(invitation, "failed", "undeliverable") };
    if (isDuplicate(error)) return { outcome: outcome(invitation, "failed", "email_in_use") };
    throw error;
  }
}

function outcome({ at }: Invitation, state: Invitation["state"], reason?: Invitation["reason"]): Invitation {
  return { state, at, ...(reason ? { reason } : {}) };
}

function isDuplicate(error: unknown): boolean {
  if (error instanceof DomainError && error.code === "duplicate_value") return true;
  throw error;
}

function isUndeliverable(error: unknown): false {
  if (error instanceof Undeliverable) return false;
  throw error;
}
