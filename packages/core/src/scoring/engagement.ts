import type { Readable } from "../conditions/values-of.ts";
import type { CompiledRules } from "./compile-rules.ts";
import { type Decaying, decayed, withEvent } from "./decay.ts";

/** What happened on a lead's side; conditions of rules judge `data`. */
export interface BehaviourEvent {
  type: string;
  occurredAt: string;
  data: Readable;
}

/** What the events of a lead have come to, by rule: enough to go on without reading them again, as long as the rules stay. */
export type EngagementState = Readonly<Record<string, Decaying>>;

/** Points by rule, not yet rounded. */
export type EngagementPoints = ReadonlyMap<string, number>;

/** Takes events into a lead's state, in any order. One that claims to be later than now counts as of now. */
export function withEvents(
  state: EngagementState,
  { events, rules, now }: { events: readonly BehaviourEvent[]; rules: CompiledRules; now: string },
): EngagementState {
  const sums = new Map(Object.entries(state));
  for (const { rule, at } of gains(events, rules, now)) {
    sums.set(rule.id, withEvent(sums.get(rule.id), { value: rule.points, at }, rule.halfLifeDays));
  }
  return Object.fromEntries(sums);
}

/** What a lead's state is worth now; what it holds of other rules is worth nothing. */
export function pointsOfState(state: EngagementState, rules: CompiledRules, now: string): EngagementPoints {
  const points = new Map<string, number>();
  for (const { id, halfLifeDays } of [...rules.byEventType.values()].flat()) {
    const sum = Object.hasOwn(state, id) ? state[id] : undefined;
    if (sum) points.set(id, decayed(sum, now, halfLifeDays));
  }
  return points;
}

/** What all events of a lead are worth now, one by one. */
export function pointsOfEvents(events: readonly BehaviourEvent[], rules: CompiledRules, now: string): EngagementPoints {
  const points = new Map<string, number>();
  for (const { rule, at } of gains(events, rules, now)) {
    points.set(rule.id, (points.get(rule.id) ?? 0) + decayed({ value: rule.points, at }, now, rule.halfLifeDays));
  }
  return points;
}

function* gains(events: readonly BehaviourEvent[], { byEventType }: CompiledRules, now: string) {
  for (const { type, occurredAt, data } of events) {
    const at = Date.parse(occurredAt) < Date.parse(now) ? occurredAt : now;
    for (const rule of byEventType.get(type) ?? []) if (rule.matches(data)) yield { rule, at };
  }
}
