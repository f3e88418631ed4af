import type { DuplicatePolicy, DuplicateRules } from "@shangji/contracts/duplicates/schemas";
import type { CallContext } from "../kit/context.ts";
import { changeBy } from "../kit/context.ts";
import { assertVersion } from "../kit/revise.ts";
import type { DuplicatePolicies } from "./ports.ts";

/** What holds as long as an admin has not decided otherwise: nothing is refused, and nothing goes unsaid. */
export const defaultDuplicateRules: DuplicateRules = {
  account: { name: "warn", phone: "warn" },
  contact: { email: "warn", phone: "warn" },
  lead: { email: "warn", phone: "warn" },
};

/** The policy as it is now; version 0 is the product's own. */
export async function getDuplicatePolicy({ policies }: { policies: DuplicatePolicies }): Promise<DuplicatePolicy> {
  return { ...defaultDuplicateRules, version: 0, ...(await policies.get()) }; // a policy may be older than a kind
}

/**
 * Replaces the policy. It holds within half a minute, for what is written from then on.
 * @throws DomainError `stale_version`, `conflict`
 */
export async function putDuplicatePolicy(
  { rules, expectedVersion }: { rules: DuplicateRules; expectedVersion: number | undefined },
  { policies, context }: { policies: DuplicatePolicies; context: CallContext },
): Promise<DuplicatePolicy> {
  const before = await policies.get();
  assertVersion(before ?? { version: 0 }, expectedVersion);
  const at = context.clock.now().toISOString();
  const policy = {
    ...rules,
    version: (before?.version ?? 0) + 1,
    createdAt: before?.createdAt ?? at,
    updatedAt: at,
    change: changeBy(context, "putDuplicatePolicy", at),
  };
  await policies.save(policy);
  return policy;
}
