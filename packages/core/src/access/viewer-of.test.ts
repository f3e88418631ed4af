import type { AccessPolicy } from "@shangji/contracts/access/schemas";
import { expect, test } from "vitest";
import { defaultRules } from "./default-policy.ts";
import { scopeOf } from "./viewer.ts";
import { viewerOf } from "./viewer-of.ts";

test("H2 a policy that is older than a kind of record leaves it as the product has it", async () => {
  const { lead: _, ...rep } = {
    ...defaultRules.roles.rep,
    account: { ...defaultRules.roles.rep.account, read: "own" },
  };
  const policy = { roles: { ...defaultRules.roles, rep }, version: 3 } as unknown as AccessPolicy; // as it was written then
  const policies = { cached: async () => policy };
  const viewer = await viewerOf({ userId: "usr_1", role: "rep" }, { policies, teams: { all: async () => [] } });
  expect(scopeOf(viewer, { entity: "lead", action: "read" })).toBe("team");
  expect(scopeOf(viewer, { entity: "account", action: "read" })).toBe("own");
});
