import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { CognitoIdentityProviderClient, InitiateAuthCommand } from "@aws-sdk/client-cognito-identity-provider";
import type { Role } from "@shangji/contracts/kit/primitives";

/** What `npm start` writes about the stack that it runs. */
export interface StackFile {
  apiUrl: string;
  docsUrl: string;
  inboxUrl: string;
  cognito: { endpoint: string; userPoolId: string; clientId: string };
  users: { email: string; password: string; role: Role }[];
  /** What the scripts that look at the store itself need. */
  store: {
    endpoint: string;
    tableName: string;
    auditTableName: string;
    searchTableName: string;
    totalsTableName: string;
    region: string;
    zone: string;
    baseCurrency: string;
  };
}

export const stackPath = join(import.meta.dirname, "..", ".local", "stack.json");

/** @throws Error that says what to do when nothing runs here. */
export async function readStack(): Promise<StackFile> {
  const text =
    process.env.SHANGJI_STACK_JSON ??
    (await readFile(stackPath, "utf8").catch(() => {
      throw new Error("No local stack is running. Start one with `npm start`.");
    }));
  return JSON.parse(text) as StackFile; // written by start.ts
}

/** An access token of the demo user with this role. */
export async function accessToken(stack: StackFile, role: Role): Promise<string> {
  const user = stack.users.find((known) => known.role === role);
  if (!user) throw new Error(`The local stack has no user with the role ${role}.`);
  return signIn(stack, user);
}

/** An access token of someone who can sign in. */
export async function signIn(
  stack: Pick<StackFile, "cognito">,
  user: { email: string; password: string },
): Promise<string> {
  const cognito = new CognitoIdentityProviderClient({
    region: "local",
    endpoint: stack.cognito.endpoint,
    credentials: { accessKeyId: "local", secretAccessKey: "local" },
  });
  const { AuthenticationResult } = await cognito.send(
    new InitiateAuthCommand({
      AuthFlow: "USER_PASSWORD_AUTH",
      ClientId: stack.cognito.clientId,
      AuthParameters: { USERNAME: user.email, PASSWORD: user.password },
    }),
  );
  if (!AuthenticationResult?.AccessToken) throw new Error(`${user.email} could not sign in.`);
  return AuthenticationResult.AccessToken;
}

/** Where the scripts call the API: SHANGJI_API with SHANGJI_TOKEN, else the local stack as admin. */
export async function apiAccess(): Promise<{ baseUrl: string; token: string | (() => Promise<string>) }> {
  const { SHANGJI_API: baseUrl, SHANGJI_TOKEN: token } = process.env;
  if (baseUrl && token) return { baseUrl, token };
  const stack = await readStack();
  // Tokens live for a quarter of an hour and a long import may not: a new one is taken well before.
  let current: { token: string; at: number } | undefined;
  return {
    baseUrl: baseUrl ?? stack.apiUrl,
    async token() {
      if (!current || Date.now() - current.at > 10 * 60_000)
        current = { token: await accessToken(stack, "admin"), at: Date.now() };
      return current.token;
    },
  };
}
