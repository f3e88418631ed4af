import type { User } from "@shangji/contracts/people/schemas";
import type { Stored } from "@shangji/core/kit/record";
import { fakeAuditTrail } from "@shangji/testing/fakes/audit-trail";
import { testClock } from "@shangji/testing/world";
import type { PostAuthenticationTriggerEvent } from "aws-lambda";
import { afterEach, expect, test, vi } from "vitest";
import { signInHandler } from "./sign-in-handler.ts";

const event: PostAuthenticationTriggerEvent = {
  version: "1",
  region: "us-east-1",
  userPoolId: "us-east-1_abc",
  userName: "someone",
  callerContext: { awsSdkVersion: "x", clientId: "web" },
  triggerSource: "PostAuthentication_Authentication",
  request: {
    userAttributes: { sub: "sub-1", email: "lin.xiao@example.com", name: "林晓" },
    newDeviceUsed: false,
  },
  response: {},
};

const lines: string[] = [];
vi.spyOn(process.stdout, "write").mockImplementation((line) => {
  lines.push(String(line));
  return true;
});
afterEach(() => {
  lines.length = 0;
});

const invited: User = {
  id: "usr_1",
  name: "林晓",
  role: "rep",
  active: true,
  invitation: { state: "sent", at: "2026-11-01T00:00:00.000Z" },
  version: 1,
  createdAt: "2026-11-01T00:00:00.000Z",
  updatedAt: "2026-11-01T00:00:00.000Z",
};

function world({ fails = false, update = (_before: User, _after: User): Promise<void> => Promise.resolve() } = {}) {
  const users = { get: async () => invited as Stored<User>, update: vi.fn(update) };
  const trail = fakeAuditTrail();
  const broken = { append: () => Promise.reject(new Error("lin.xiao@example.com cannot be written")) };
  const identities = { userIdOf: async () => "usr_1" };
  const handler = signInHandler({ trail: fails ? broken : trail, identities, clock: testClock(), users });
  return { trail, users, signIn: () => handler(event, { awsRequestId: "request-1" }) };
}

test("H3 a sign-in is recorded without personal data, and Cognito gets its event back", async () => {
  const { trail, signIn } = world();
  expect(await signIn()).toEqual(event);
  const { items } = await trail.list({ from: "2026-11-02", to: "2026-11-03" }, { limit: 9 });
  expect(items).toMatchObject([{ actorId: "usr_1", action: "signed_in", clientId: "web", requestId: "request-1" }]);
  expect(JSON.stringify([items, lines])).not.toMatch(/lin\.xiao|林晓|someone/);
});

test("H3 nobody comes in whose sign-in cannot be recorded, and neither log nor answer says who", async () => {
  const { signIn } = world({ fails: true });
  await expect(signIn()).rejects.toThrow("Signing in does not work at the moment.");
  expect(lines.join()).toContain("sign-in failed");
  expect(lines.join()).not.toContain("lin.xiao");
});

test("H1 the first sign-in of an invited user is noted", async () => {
  const { signIn, users } = world();
  await signIn();
  const invitation = { state: "accepted", at: "2026-11-01T00:00:00.000Z" };
  expect(users.update).toHaveBeenCalledExactlyOnceWith(invited, expect.objectContaining({ invitation, version: 2 }));
});

test("H1 a sign-in is not refused because that cannot be noted", async () => {
  const { signIn } = world({ update: () => Promise.reject(new Error("lin.xiao@example.com is busy")) });
  expect(await signIn()).toEqual(event);
  expect(lines.join()).toContain("invitation not accepted");
  expect(lines.join()).not.toContain("lin.xiao");
});
