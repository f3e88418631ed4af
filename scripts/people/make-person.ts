import type { SignIns } from "@shangji/aws/identity/cognito";
import type { Role } from "@shangji/contracts/kit/primitives";
import { type CallContext, changeBy } from "@shangji/core/kit/context";
import type { Identities } from "@shangji/core/people/ports";

export interface NewPerson {
  name: string;
  email: string;
  password: string;
  role: Role;
  teamId?: string;
}

/**
 * Makes someone who can sign in: a user of the pool and a person of the directory, tied by the pool's subject. A repeat
 * resets the password and makes nothing twice.
 */
export async function makePerson(
  { name, email, password, role, teamId }: NewPerson,
  { signIns, identities, context }: { signIns: SignIns; identities: Identities; context: CallContext },
): Promise<void> {
  const subject = await signIns.create({ email, password, role });
  if (await identities.userIdOf(subject)) return;
  const at = context.clock.now().toISOString();
  const stamp = { version: 1, createdAt: at, updatedAt: at, change: changeBy(context, "makePerson", at) };
  const user = {
    id: context.ids.next("user"),
    name,
    email,
    role,
    active: true,
    invitation: { state: "accepted" as const, at },
    ...(teamId ? { teamId } : {}),
    ...stamp,
  };
  await identities.createUser(user, subject);
}
