import { defaultRules } from "@shangji/core/access/default-policy";
import type { Actor } from "@shangji/core/kit/actor";
import type { APIGatewayProxyEventV2 } from "aws-lambda";
import { expect, test } from "vitest";
import { actorOf, assertMay } from "./actor.ts";

const eventOf = (lambda?: Record<string, unknown>) =>
  ({ requestContext: { authorizer: { lambda } } }) as unknown as APIGatewayProxyEventV2; // what actorOf reads of it
const viewer = (actor: Actor) => ({ actor, rules: defaultRules, ledTeamIds: [], shares: [] });
const svc = "svc_01JD7Z3Q5V9W0X2Y4Z6A8B0C1D";

test("people are limited by their role alone", () => {
  const actor = actorOf(eventOf({ userId: "usr_01JD7Z3Q5V9W0X2Y4Z6A8B0C1D", role: "rep", teamId: "" }));
  expect(actor).toEqual({ userId: "usr_01JD7Z3Q5V9W0X2Y4Z6A8B0C1D", role: "rep" });
  expect(() => assertMay(viewer(actor), { access: { entity: "account", action: "create" } })).not.toThrow();
  expect(() => assertMay(viewer(actor), { access: { entity: "user", action: "create" } })).toThrow(
    expect.objectContaining({ code: "forbidden" }),
  );
});

test("H8 keys are limited by their scopes too, and may do nothing without any", () => {
  const actor = actorOf(eventOf({ userId: svc, role: "rep", scopes: "account:read contact:write" }));
  expect(actor.scopes).toEqual(["account:read", "contact:write"]);
  expect(() => assertMay(viewer(actor), { access: { entity: "account", action: "read" } })).not.toThrow();
  // A contact is found to be changed, but not shown.
  expect(() => assertMay(viewer(actor), { access: { entity: "contact", action: "read" } })).toThrow(
    expect.objectContaining({ code: "forbidden" }),
  );
  for (const caller of [actor, actorOf(eventOf({ userId: svc, role: "rep" }))]) {
    expect(() => assertMay(viewer(caller), { access: { entity: "account", action: "create" } })).toThrow(
      expect.objectContaining({ code: "forbidden" }),
    );
  }
});

test("a request without a known caller is unauthenticated", () => {
  for (const lambda of [undefined, {}, { userId: svc }, { userId: svc, role: "owner" }]) {
    expect(() => actorOf(eventOf(lambda))).toThrow(expect.objectContaining({ code: "unauthenticated" }));
  }
});
