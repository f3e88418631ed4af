import type { DuplicatePolicy, DuplicateRules } from "@shangji/contracts/duplicates/schemas";
import type { CallContext } from "../kit/context.ts";
import { replaceSetting } from "../kit/setting.ts";
import type { DuplicatePolicies } from "./ports.ts";

/**
 * What holds as long as an admin has not decided otherwise: a mailbox is one contact's, and of whatever else is alike the caller is
 * told. Leads are never refused: who writes twice has two things to say.
 */
export const defaultDuplicateRules: DuplicateRules = {
  account: { name: "warn", phone: "warn" },
  contact: { email: "refuse", phone: "warn" },
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
  return replaceSetting<DuplicatePolicy>(
    { fields: rules, expectedVersion },
    { setting: policies, context, command: "putDuplicatePolicy" },
  );
}
