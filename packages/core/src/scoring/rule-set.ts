import type { ScoringGroup, ScoringRuleSet, ScoringRules } from "@shangji/contracts/scoring/schemas";
import type { CallContext } from "../kit/context.ts";
import { DomainError } from "../kit/domain-error.ts";
import { replaceSetting, type Setting } from "../kit/setting.ts";
import { leadFields } from "../leads/fields.ts";
import { fieldsLookedAtBy } from "../leads/fields-looked-at.ts";
import { compileRules } from "./compile-rules.ts";
import { eventFields } from "./event-fields.ts";

/** The organisation's scoring rules: one set, so that a score is made by one state of it. */
export type ScoringRuleSets = Setting<ScoringRules>;

/** Fields that conditions of scoring rules may look at. */
export const ruleFields = { lead: leadFields, event: eventFields };

/** As long as nobody has made any. */
export const noRules: ScoringRules = {
  name: { en: "Lead score", "zh-CN": "线索评分" },
  groups: [],
  grades: [],
  version: 0,
};

interface Asked {
  ruleSets: ScoringRuleSets;
  /** Fields of leads that the caller may not see. */
  hidden: ReadonlySet<string>;
}

/**
 * The rules as they are now, without those that look at a field that is hidden from the caller: with what a rule is worth and
 * what a lead has got, one could tell what is in the field.
 */
export async function getScoringRules({ ruleSets, hidden }: Asked): Promise<ScoringRules> {
  const rules = (await ruleSets.get()) ?? noRules;
  return { ...rules, groups: rules.groups.map((group) => shownGroup(group, hidden)) };
}

/**
 * Replaces the rules. They hold within half a minute, and then every lead is scored anew.
 * @throws DomainError `invalid_request` naming faults of conditions, `field_not_allowed` when rules look at what the caller may
 * not see, `stale_version`, `conflict`
 */
export async function putScoringRules(
  { rules, expectedVersion }: { rules: ScoringRuleSet; expectedVersion: number | undefined },
  { ruleSets, hidden, settings, context }: Asked & { settings: { zone: string }; context: CallContext },
): Promise<ScoringRules> {
  const before = (await ruleSets.get()) ?? noRules;
  if ([...before.groups, ...rules.groups].some((group) => isPartlyHidden(group, hidden))) {
    // Whoever does not see all rules would remove the others unseen.
    throw new DomainError("field_not_allowed", "Your role may not see or write these fields.");
  }
  compileRules(rules, {
    fields: ruleFields,
    time: { now: context.clock.now(), zone: settings.zone },
    pointer: "/body",
  });
  return replaceSetting<ScoringRules>(
    { fields: rules, expectedVersion },
    { setting: ruleSets, context, command: "putScoringRules" },
  );
}

function shownGroup(group: ScoringGroup, hidden: ReadonlySet<string>): ScoringGroup {
  if (!isPartlyHidden(group, hidden) || group.kind !== "fit") return group;
  return { ...group, rules: group.rules.filter(({ when }) => !looksAtHidden(fieldsLookedAtBy(when), hidden)) };
}

/** Conditions of engagement rules look at events, which have no hidden fields. */
function isPartlyHidden(group: ScoringGroup, hidden: ReadonlySet<string>): boolean {
  return group.kind === "fit" && group.rules.some(({ when }) => looksAtHidden(fieldsLookedAtBy(when), hidden));
}

export function looksAtHidden(fields: Iterable<string>, hidden: ReadonlySet<string>): boolean {
  return [...fields].some((field) => hidden.has(field));
}
