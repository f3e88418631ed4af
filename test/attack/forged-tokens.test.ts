import { createHmac, createSign, generateKeyPairSync, type KeyLike } from "node:crypto";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { CognitoIdentityProviderClient, InitiateAuthCommand } from "@aws-sdk/client-cognito-identity-provider";
import { beforeAll, expect, inject, test } from "vitest";
import { eventually, raw } from "../e2e/api.ts";
import { tokens } from "../e2e/tokens.ts";
import { localNow } from "./make-key.ts";

const { cognito, users } = inject("stack");
const good = tokens.rep;

type Json = Record<string, unknown>;
const encoded = (value: Json) => Buffer.from(JSON.stringify(value)).toString("base64url");
const decoded = (part = ""): Json => JSON.parse(Buffer.from(part, "base64url").toString()) as Json; // parts of tokens are objects
const header = decoded(good.split(".")[0]);
const claims = decoded(good.split(".")[1]);

/** The local pool signs with a key that its package holds: so a forger can be given all but the one thing that is tried. */
let poolKey: { pem: string };
let publicKey: { pem: string; jwk: Json };
let seconds: number;

beforeAll(async () => {
  const { resolve } = createRequire(import.meta.resolve("@shangji/local-cloud"));
  const read = async (name: string) =>
    JSON.parse(await readFile(resolve(`cognito-local/lib/keys/${name}.json`), "utf8"));
  poolKey = await read("cognitoLocal.private");
  publicKey = await read("cognitoLocal.public");
  seconds = Math.floor((await localNow()) / 1000);
});

/** A token like the good one but for what is changed. */
function forged(changes: { header?: Json; claims?: Json; key?: KeyLike } = {}): string {
  const text = `${encoded({ ...header, ...changes.header })}.${encoded({ ...claims, ...changes.claims })}`;
  const signature = createSign("RSA-SHA256")
    .update(text)
    .sign(changes.key ?? poolKey.pem);
  return `${text}.${signature.toString("base64url")}`;
}

function withHmac(secret: string): string {
  const text = `${encoded({ ...header, alg: "HS256" })}.${encoded(claims)}`;
  return `${text}.${createHmac("sha256", secret).update(text).digest("base64url")}`;
}

async function expectRefused(token: string): Promise<void> {
  const answer = await raw("/v1/me", { token });
  expect([answer.status, answer.text]).toEqual([401, '{"message":"Unauthorized"}']);
}

test("a token that is changed in nothing passes, so that each of the others fails by its one change", async () => {
  expect((await raw("/v1/me", { token: forged({ claims: { jti: "another" } }) })).status).toBe(200);
});

test.each<[string, () => string]>([
  ["without a signature (alg none)", () => `${encoded({ ...header, alg: "none" })}.${encoded(claims)}.`],
  ["with alg none and the good signature", () => forged({ header: { alg: "none" } })],
  ["signed with HS256 and the public key in PEM", () => withHmac(publicKey.pem)],
  ["signed with HS256 and the public key as JWK", () => withHmac(JSON.stringify(publicKey.jwk))],
  ["signed with HS256 and the public modulus", () => withHmac(String(publicKey.jwk.n))],
  ["signed by a key of its own", () => forged({ key: generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey })],
  ["that brings its key along", () => withOwnKey()],
  [
    "of another issuer",
    () => forged({ claims: { iss: "https://cognito-idp.us-east-1.amazonaws.com/us-east-1_other" } }),
  ],
  ["of another pool", () => forged({ claims: { iss: `${String(claims.iss)}x` } })],
  ["of another client", () => forged({ claims: { client_id: "another" } })],
  ["without a client", () => forged({ claims: { client_id: undefined } })],
  ["for another use", () => forged({ claims: { token_use: "id" } })],
  ["that expired a second ago", () => forged({ claims: { exp: seconds - 1 } })],
  ["that never expires", () => forged({ claims: { exp: undefined } })],
  ["that is not valid yet", () => forged({ claims: { nbf: seconds + 300 } })],
  ["of an unknown key id", () => forged({ header: { kid: "unknown" } })],
  ["without a key id", () => forged({ header: { kid: undefined } })],
])("a token %s gets 401", async (_name, make) => {
  await expectRefused(make());
});

/** Names its own public key in the header, for verifiers that believe it. */
function withOwnKey(): string {
  const { privateKey, publicKey: own } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  return forged({
    header: { jwk: own.export({ format: "jwk" }), jku: "https://evil.example/jwks.json" },
    key: privateKey,
  });
}

test("an id token is no access token", async () => {
  const client = new CognitoIdentityProviderClient({
    region: "local",
    endpoint: cognito.endpoint,
    credentials: { accessKeyId: "local", secretAccessKey: "local" },
  });
  const user = users.find(({ role }) => role === "admin");
  const { AuthenticationResult } = await client.send(
    new InitiateAuthCommand({
      AuthFlow: "USER_PASSWORD_AUTH",
      ClientId: cognito.clientId,
      AuthParameters: { USERNAME: user?.email ?? "", PASSWORD: user?.password ?? "" },
    }),
  );
  expect((await raw("/v1/me", { token: AuthenticationResult?.AccessToken ?? "" })).status).toBe(200);
  await expectRefused(AuthenticationResult?.IdToken ?? "");
});

test("unknown key ids by the hundred get 401, and have the keys fetched at most once a minute", async () => {
  const fetches = async () => (await readFile(inject("logFile"), "utf8")).split("signing keys fetched").length - 1;
  expect((await raw("/v1/me", { token: good })).status).toBe(200);
  // The keys were fetched at least for the good token, and the line is there.
  const before = await eventually(fetches, (count) => count > 0);
  const started = performance.now();
  for (let round = 0; round < 25; round++) {
    const kids = Array.from({ length: 20 }, (_, index) => `unknown-${round}-${index}`);
    const answers = await Promise.all(kids.map((kid) => raw("/v1/me", { token: forged({ header: { kid } }) })));
    for (const { status } of answers) expect(status).toBe(401);
  }
  const minutes = (performance.now() - started) / 60_000;
  // A line that is logged after all of them, so that theirs are there too.
  const { headers } = await raw("/v1/me", { token: good });
  const requestId = String(headers.get("apigw-requestid"));
  await eventually(
    () => readFile(inject("logFile"), "utf8"),
    (text) => text.includes(requestId),
  );
  expect((await fetches()) - before).toBeLessThanOrEqual(1 + Math.floor(minutes));
});
