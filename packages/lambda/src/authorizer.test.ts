import { createSign, generateKeyPairSync } from "node:crypto";
import type { User } from "@shangji/contracts/people/schemas";
import { sampleUser } from "@shangji/contracts/samples/records";
import type { Stored } from "@shangji/core/kit/record";
import { testClock } from "@shangji/testing/world";
import { expect, onTestFinished, test, vi } from "vitest";
import { accessTokens } from "./access-token.ts";
import { authorizer } from "./authorizer.ts";
import { tokenIssuer } from "./token-issuer.ts";

const issuer = "https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_pool";
const clientId = "client-1";
const keys = generateKeyPairSync("rsa", { modulusLength: 2048 });
const otherKeys = generateKeyPairSync("rsa", { modulusLength: 2048 });

const base64 = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
const good = { iss: issuer, client_id: clientId, token_use: "access", sub: "subject-1", exp: 4_102_444_800 };

function tokenOf(claims: object = {}, { header = {}, key = keys.privateKey } = {}): string {
  const text = `${base64({ alg: "RS256", kid: "key-1", ...header })}.${base64({ ...good, ...claims })}`;
  return `${text}.${createSign("RSA-SHA256").update(text).sign(key).toString("base64url")}`;
}

const notAsked = () => Promise.reject(new Error("an access token needs no key"));
const noKeys = {
  keys: { get: notAsked },
  serviceAccounts: { get: notAsked },
  uses: { touch: notAsked },
  clock: testClock(),
};

function world(user: Partial<User> = {}, personRequestsPerMinute = 0) {
  let fetches = 0;
  const fetcher = {
    async fetch() {
      fetches++;
      const jwk = { ...keys.publicKey.export({ format: "jwk" }), kid: "key-1", alg: "RS256", use: "sig" };
      return new TextEncoder().encode(JSON.stringify({ keys: [jwk] })).buffer;
    },
  };
  const stored = { ...sampleUser, ...user } as Stored<User>;
  const handle = authorizer({
    verify: accessTokens({ issuer, clientId, fetcher }),
    identities: { userIdOf: async (subject) => (subject === "subject-1" ? stored.id : undefined) },
    users: { get: async (id) => (id === stored.id ? stored : undefined) },
    ...noKeys,
    machineRequestsPerMinute: 3_000,
    personRequestsPerMinute,
  });
  return { ask: (token: string) => handle({ identitySource: [`Bearer ${token}`] }), fetches: () => fetches };
}

test("a good token of an active user names the user, the role and the team", async () => {
  expect(await world().ask(tokenOf())).toEqual({
    isAuthorized: true,
    context: { userId: sampleUser.id, role: "rep", teamId: sampleUser.teamId },
  });
});

test("a person has a budget where the organisation has set one", async () => {
  const answer = await world({}, 600).ask(tokenOf());
  expect(answer).toMatchObject({ context: { requestsPerMinute: "600" } });
});

test.each([
  ["expired", tokenOf({ exp: 1_000_000_000 })],
  ["without expiry", tokenOf({ exp: undefined })],
  ["of another issuer", tokenOf({ iss: "https://elsewhere.example" })],
  ["of another client", tokenOf({ client_id: "client-2" })],
  ["an id token", tokenOf({ token_use: "id" })],
  ["signed by another key", tokenOf({}, { key: otherKeys.privateKey })],
  ["of an unknown key id", tokenOf({}, { header: { kid: "key-2" } })],
  ["unsigned", `${base64({ alg: "none", kid: "key-1" })}.${base64(good)}.`],
  ["signed with a shared secret", tokenOf({}, { header: { alg: "HS256" } })],
  ["changed after signing", tokenOf().replace(/\.[^.]+\./, `.${base64({ ...good, sub: "subject-2" })}.`)],
  ["not a token", "abc"],
])("a token %s is unauthorized", async (_, token) => {
  await expect(world().ask(token)).rejects.toThrow(/^Unauthorized$/);
});

test("a good token of nobody in the directory, or of someone inactive, is forbidden", async () => {
  expect(await world().ask(tokenOf({ sub: "subject-2" }))).toEqual({ isAuthorized: false });
  expect(await world({ active: false }).ask(tokenOf())).toEqual({ isAuthorized: false });
});

test("keys are fetched once, and again for unknown key ids at most once a minute", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  onTestFinished(() => void vi.useRealTimers());
  const { ask, fetches } = world();
  const askForged = (kid: string) => expect(ask(tokenOf({}, { header: { kid } }))).rejects.toThrow("Unauthorized");
  await ask(tokenOf());
  await ask(tokenOf());
  expect(fetches()).toBe(1);
  for (const kid of ["a", "b", "c"]) {
    await askForged(kid);
    vi.advanceTimersByTime(19_000);
  }
  expect(fetches()).toBe(2);
  await ask(tokenOf());
  vi.advanceTimersByTime(4_000);
  await askForged("d");
  expect(fetches()).toBe(3);
});

test("keys that cannot be fetched are no fault of the token", async () => {
  const fetcher = { fetch: () => Promise.reject(new Error("unreachable")) };
  await expect(accessTokens({ issuer, clientId, fetcher })(tokenOf())).rejects.toThrow("unreachable");
});

test("the issuer follows the endpoint that the SDK uses", () => {
  expect(tokenIssuer("p", { AWS_REGION: "eu-west-1" })).toBe("https://cognito-idp.eu-west-1.amazonaws.com/p");
  expect(tokenIssuer("p", { AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER: "http://127.0.0.1:9229/" })).toBe(
    "http://127.0.0.1:9229/p",
  );
});
