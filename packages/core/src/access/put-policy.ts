import type { AccessPolicy, AccessRules } from "@shangji/contracts/access/schemas";
import { type CallContext, changeBy } from "../kit/context.ts";
import { DomainError } from "../kit/domain-error.ts";
import { assertVersion } from "../kit/revise.ts";
import type { Users } from "../people/ports.ts";
import { getPolicy } from "./get-policy.ts";
import { isInCharge } from "./in-charge.ts";
import type { Policies } from "./ports.ts";

/**
 * Replaces the policy. @throws DomainError `policy_locks_out` when no active user could change it again,
 * `stale_version`, `conflict`
 */
export async function putPolicy(
  { rules, expectedVersion }: { rules: AccessRules; expectedVersion: number | undefined },
  { policies, users, context }: { policies: Policies; users: Pick<Users, "all">; context: CallContext },
): Promise<AccessPolicy> {
  const [before, people] = await Promise.all([getPolicy({ policies }), users.all()]);
  assertVersion(before, expectedVersion);
  assertSomeoneMayChangeIt(rules, people);
  const at = context.clock.now().toISOString();
  const policy = {
    ...rules,
    version: before.version + 1,
    createdAt: before.createdAt ?? at,
    updatedAt: at,
    change: changeBy(context, "putAccessPolicy", at),
  };
  await policies.save(policy);
  return policy;
}

function assertSomeoneMayChangeIt(rules: AccessRules, people: Awaited<ReturnType<Users["all"]>>): void {
  const may = people.some((person) => isInCharge(person, rules));
  if (!may) throw new DomainError("policy_locks_out", "No active user could change the policy again.");
}
