import type { ScoredLead, ScorePart } from "@shangji/contracts/scoring/schemas";
import type { Clock } from "../kit/context.ts";
import { found } from "../kit/domain-error.ts";
import type { Leads } from "../leads/ports.ts";
import { type KeptScore, scoreAt } from "./kept-score.ts";
import type { Scores } from "./ports.ts";
import { looksAtHidden } from "./rule-set.ts";

/**
 * What a lead is worth now, for who may read the lead. Rules over fields that are hidden from the reader are not named: what
 * they give stands in one part of each group.
 * @throws DomainError `not_found`
 */
export async function getLeadScore(
  { id }: { id: string },
  {
    leads,
    scores,
    hidden,
    clock,
  }: { leads: Pick<Leads, "get">; scores: Pick<Scores, "of">; hidden: ReadonlySet<string>; clock: Clock },
): Promise<ScoredLead> {
  const [, kept] = await Promise.all([found(leads.get(id)), scores.of(id)]);
  // Events of a lead are kept before there are rules.
  if (!kept || kept.rulesVersion === 0) return { leadId: id };
  const at = clock.now().toISOString();
  const score = scoreAt(kept, at);
  const { rulesVersion, at: scoredAt } = kept;
  return { leadId: id, score: { ...score, parts: shownParts(score.parts, kept, hidden), at, scoredAt, rulesVersion } };
}

function shownParts(parts: readonly ScorePart[], { groups }: KeptScore, hidden: ReadonlySet<string>): ScorePart[] {
  const met = groups.flatMap((group) => group.met ?? []);
  const secret = new Set(met.filter(({ looksAt }) => looksAtHidden(looksAt, hidden)).map(({ id }) => id));
  if (secret.size === 0) return [...parts];
  const withheld = new Map<string, number>();
  const shown = parts.filter((part) => {
    if (part.reason !== "fit" || !secret.has(part.ruleId)) return true;
    withheld.set(part.group, (withheld.get(part.group) ?? 0) + part.points);
    return false;
  });
  return [...shown, ...[...withheld].map(([group, points]) => ({ reason: "withheld" as const, group, points }))];
}
