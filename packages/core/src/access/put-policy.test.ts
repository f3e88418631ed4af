import type { AccessPolicy, AccessRules } from "@shangji/contracts/access/schemas";
import type { Role } from "@shangji/contracts/kit/primitives";
import type { User } from "@shangji/contracts/people/schemas";
import { testContext } from "@shangji/testing/world";
import { expect, test } from "vitest";
import { newRecord } from "../kit/new-record.ts";
import type { Stored } from "../kit/record.ts";
import { defaultRules } from "./default-policy.ts";
import { getPolicy } from "./get-policy.ts";
import { putPolicy } from "./put-policy.ts";

const context = testContext();

function world(people: [Role, boolean][] = [["admin", true]]) {
  let stored: Stored<AccessPolicy> | undefined;
  const users = people.map(([role, active]) =>
    newRecord<User>("user", { name: role, role, active }, { context, command: "test" }),
  );
  const policies = {
    get: async () => stored,
    cached: async () => stored,
    async save(policy: Stored<AccessPolicy>) {
      stored = policy;
    },
  };
  return { policies, users: { all: async () => users }, context };
}

const without = (role: Role, entity: "policy" | "user"): AccessRules => {
  const { roles } = defaultRules;
  const nothing = { read: "none", create: "none", update: "none", delete: "none" } as const;
  return { roles: { ...roles, [role]: { ...roles[role], [entity]: nothing } } };
};

test("the product's own policy is version 0 and is replaced on the version that was read", async () => {
  const deps = world();
  expect(await getPolicy(deps)).toEqual({ ...defaultRules, version: 0 });
  const rules = without("rep", "user");
  const policy = await putPolicy({ rules, expectedVersion: 0 }, deps);
  expect(policy).toMatchObject({ ...rules, version: 1 });
  expect(await getPolicy(deps)).toEqual(policy);
  const stale = putPolicy({ rules: defaultRules, expectedVersion: 0 }, deps);
  await expect(stale).rejects.toMatchObject({ code: "stale_version" });
});

test.each<[string, AccessRules, [Role, boolean][]]>([
  ["no role may change the policy", without("admin", "policy"), [["admin", true]]],
  ["nobody could manage users", without("admin", "user"), [["admin", true]]],
  [
    "the role that may has no active user",
    defaultRules,
    [
      ["admin", false],
      ["manager", true],
    ],
  ],
])("H2 a policy is refused when %s", async (_name, rules, people) => {
  const deps = world(people);
  await expect(putPolicy({ rules, expectedVersion: 0 }, deps)).rejects.toMatchObject({ code: "policy_locks_out" });
  expect(await deps.policies.get()).toBeUndefined();
});
