import type { AssignmentRuleSet, AssignmentRules } from "@shangji/contracts/assignment/schemas";
import type { CallContext } from "../kit/context.ts";
import { replaceSetting, type Setting } from "../kit/setting.ts";
import type { Teams, Users } from "../people/ports.ts";
import type { Pools } from "../pools/ports.ts";
import { compileAssignment } from "./compile-assignment.ts";
import { assertKnownReferences } from "./known-references.ts";
import { routedLeadFields } from "./scored-lead.ts";

/** The organisation's assignment rules: one list, so that their order changes with them and a decision sees one state of it. */
export type AssignmentRuleSets = Setting<AssignmentRuleSet>;

/** The rules as they are now; version 0 are none. */
export async function getAssignmentRules({ ruleSets }: { ruleSets: AssignmentRuleSets }): Promise<AssignmentRuleSet> {
  return (await ruleSets.get()) ?? { rules: [], guards: {}, version: 0 };
}

/**
 * Replaces the rules. They hold within half a minute. What a body may hold (64 KB) fits into an item of the store.
 * @throws DomainError `invalid_request` naming faults of conditions, `unknown_reference`, `stale_version`, `conflict`
 */
export async function putAssignmentRules(
  { rules, expectedVersion }: { rules: AssignmentRules; expectedVersion: number | undefined },
  deps: {
    ruleSets: AssignmentRuleSets;
    users: Pick<Users, "all">;
    teams: Pick<Teams, "all">;
    pools: Pick<Pools, "all">;
    settings: { zone: string };
    context: CallContext;
  },
): Promise<AssignmentRuleSet> {
  const { ruleSets, settings, context } = deps;
  compileAssignment(rules, {
    fields: routedLeadFields,
    time: { now: context.clock.now(), zone: settings.zone },
    pointer: "/body",
  });
  await assertKnownReferences(rules.rules, deps);
  return replaceSetting<AssignmentRuleSet>(
    { fields: rules, expectedVersion },
    { setting: ruleSets, context, command: "putAssignmentRules" },
  );
}
