import type { ResponsePolicies, ResponsePolicySet } from "@shangji/contracts/assignment/response-policies";
import type { CallContext } from "../../kit/context.ts";
import { DomainError } from "../../kit/domain-error.ts";
import { replaceSetting, type Setting } from "../../kit/setting.ts";
import { leadFields } from "../../leads/fields.ts";
import type { Pools } from "../../pools/ports.ts";
import { unknownPools } from "../../pools/unknown-pools.ts";
import { compilePolicies } from "./policy-for.ts";

/** The organisation's response policies: one list, as the assignment rules are. */
export type ResponsePolicySets = Setting<ResponsePolicySet>;

/** The policies as they are now; version 0 are none. */
export async function getResponsePolicies({
  policySets,
}: {
  policySets: Pick<ResponsePolicySets, "get">;
}): Promise<ResponsePolicySet> {
  return (await policySets.get()) ?? { policies: [], version: 0 };
}

/**
 * Replaces the policies. They hold within half a minute, and open clocks are planned anew.
 * @throws DomainError `invalid_request` naming faults of conditions, `unknown_reference` naming pools, `stale_version`, `conflict`
 */
export async function putResponsePolicies(
  { policies, expectedVersion }: { policies: ResponsePolicies; expectedVersion: number | undefined },
  deps: {
    policySets: ResponsePolicySets;
    pools: Pick<Pools, "all">;
    settings: { zone: string };
    context: CallContext;
  },
): Promise<ResponsePolicySet> {
  const { policySets, pools, settings, context } = deps;
  const time = { now: context.clock.now(), zone: settings.zone };
  compilePolicies(policies, { fields: leadFields, time, pointer: "/body" });
  const named = policies.policies.map(({ poolId }, index) => ({ poolId, pointer: `/body/policies/${index}/poolId` }));
  const errors = await unknownPools(named, { pools });
  if (errors.length > 0)
    throw new DomainError("unknown_reference", "The policies name what does not exist.", { errors });
  return replaceSetting<ResponsePolicySet>(
    { fields: policies, expectedVersion },
    { setting: policySets, context, command: "putResponsePolicies" },
  );
}
