import type { AccessPolicy } from "@shangji/contracts/access/schemas";
import { defaultRules, withEveryKind } from "./default-policy.ts";
import type { Policies } from "./ports.ts";

/** The policy in force; the product's own has version 0. */
export async function getPolicy({ policies }: { policies: Pick<Policies, "get"> }): Promise<AccessPolicy> {
  const policy = await policies.get();
  return policy ? withEveryKind(policy) : { ...defaultRules, version: 0 };
}
