import { behaviourLimits } from "@shangji/contracts/scoring/behaviour";
import type { CompiledRules } from "./compile-rules.ts";

const dayLength = 86_400_000;

/** Rules that are made later count what has happened so long before, too. */
const fewestDays = 180;
/** Three years: what is worth something for ever is counted for ever, but not again after a change of the rules. */
const mostDays = 1_096;

/**
 * When an event is worth nothing any more: less than half a point is left by each rule that counts its type. It is kept longer
 * than it may be told of, so that an event that comes twice is known.
 */
export function keptUntil(type: string, occurredAt: string, { byEventType }: CompiledRules): string {
  const worth = (byEventType.get(type) ?? []).map(({ points, halfLifeDays = mostDays }) =>
    points === 0 ? 0 : halfLifeDays * (Math.log2(Math.abs(points)) + 1),
  );
  const days = Math.min(mostDays, Math.max(fewestDays, behaviourLimits.pastDays + 1, ...worth));
  return new Date(Date.parse(occurredAt) + Math.ceil(days) * dayLength).toISOString();
}
