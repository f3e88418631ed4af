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

function world({ fails = false } = {}) {
  const trail = fakeAuditTrail();
  const broken = { append: () => Promise.reject(new Error("lin.xiao@example.com cannot be written")) };
  const identities = { userIdOf: async () => "usr_1" };
  const handler = signInHandler({ trail: fails ? broken : trail, identities, clock: testClock() });
  return { trail, signIn: () => handler(event, { awsRequestId: "request-1" }) };
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
