import { CognitoIdentityProviderClient } from "@aws-sdk/client-cognito-identity-provider";
import { identitiesIn } from "@shangji/aws/dynamo/people/identities";
import { signInsIn } from "@shangji/aws/identity/cognito";
import type { Role } from "@shangji/contracts/kit/primitives";
import { idSource } from "@shangji/core/kit/ids";
import { randomBytes, systemClock } from "@shangji/lambda/settings";
import { inject } from "vitest";
import { localTable } from "../../scripts/local/seed.ts";
import { makePerson } from "../../scripts/people/make-person.ts";
import { signIn } from "../../scripts/stack.ts";
import { raw } from "./api.ts";
import { freshTokens } from "./fresh-token.ts";

export interface SignedIn {
  id: string;
  token: string;
  /** A token that still holds for a while, for tests that go on for long. */
  freshToken(): Promise<string>;
}

let made = 0;

/** Someone of one's own for a test: in the directory, in a team if one is given, and signed in. */
export async function signedIn(role: Role, teamId?: string): Promise<SignedIn> {
  const stack = inject("stack");
  made += 1;
  const person = {
    name: `${role} ${made}`,
    email: `${role}-${made}-${Date.now()}@shangji.test`,
    password: "Shangji-2026",
  };
  const cognito = new CognitoIdentityProviderClient({
    endpoint: stack.cognito.endpoint,
    region: stack.store.region,
    credentials: { accessKeyId: "local", secretAccessKey: "local" },
  });
  await makePerson(
    { ...person, role, ...(teamId === undefined ? {} : { teamId }) },
    {
      signIns: signInsIn(stack.cognito.userPoolId, cognito),
      identities: identitiesIn(localTable(stack.store)),
      context: {
        actor: { userId: "system", role: "admin" },
        clock: systemClock,
        ids: idSource(systemClock, randomBytes),
        requestId: "test",
        source: "system",
      },
    },
  );
  const freshToken = freshTokens(() => signIn(stack, person));
  const token = await freshToken();
  const me = await raw("/v1/me", { token });
  return { id: (me.body.user as { id: string }).id, token, freshToken }; // the answer of /v1/me
}
