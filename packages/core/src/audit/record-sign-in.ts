import type { Clock } from "../kit/context.ts";
import type { Identities } from "../people/ports.ts";
import type { AuditTrail } from "./ports.ts";

export interface SignInDeps {
  trail: Pick<AuditTrail, "append">;
  identities: Pick<Identities, "userIdOf">;
  clock: Clock;
}

/**
 * Puts a sign-in on the trail: who, when and with which app client. Whoever is in the user pool and in no directory can
 * do nothing, and still has signed in: they stand there under the pool's own subject. Answers the id that it was told of.
 */
export async function recordSignIn(
  { subject, clientId, requestId }: { subject: string; clientId: string; requestId: string },
  { trail, identities, clock }: SignInDeps,
): Promise<string> {
  const userId = (await identities.userIdOf(subject)) ?? `subject:${subject}`;
  await trail.append([
    {
      id: `${userId}.${requestId}`,
      at: clock.now().toISOString(),
      actorId: userId,
      source: "api",
      requestId,
      command: "signIn",
      category: "access",
      action: "signed_in",
      kind: "user",
      recordId: userId,
      clientId,
      changes: [],
    },
  ]);
  return userId;
}
