import { ScoringRuleSet } from "@shangji/contracts/scoring/schemas";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compileRules } from "./compile-rules.ts";
import { type BehaviourEvent, withEvents } from "./engagement.ts";
import { appliedRules, type KeptScore, scoreAt, stateOf } from "./kept-score.ts";
import { keptUntil } from "./kept-until.ts";
import { ruleFields } from "./rule-set.ts";
import { score } from "./score.ts";

const now = "2026-11-26T10:00:00.000Z";
const dayLength = 86_400_000;
const at = (days: number) => new Date(Date.parse(now) + days * dayLength).toISOString();

function compiled(groups: object[], more: object = {}) {
  const ruleSet = ScoringRuleSet.parse({ name: { en: "Leads" }, groups, ...more });
  return compileRules(ruleSet, { fields: ruleFields, time: { now: new Date(now), zone: "UTC" }, pointer: "/body" });
}

const anyEvent = fc
  .record({ type: fc.constantFrom("page_viewed", "mail_opened"), age: fc.nat(40), path: fc.constantFrom("/a", "/b") })
  .map(({ type, age, path }): BehaviourEvent => ({ type, occurredAt: at(-age), data: { path } }));
const anyRule = fc.record(
  {
    eventType: fc.constantFrom("page_viewed", "mail_opened"),
    when: fc.constant({ field: "path", eq: "/a" }),
    points: fc.integer({ min: -50, max: 50 }),
    halfLifeDays: fc.constantFrom(0.5, 7, 30),
  },
  { requiredKeys: ["eventType", "points"] },
);

test("B2 what is kept tells the same score at any later time as rules and events do, also from the store", () => {
  const given = fc.record({
    rules: fc.array(anyRule, { minLength: 1, maxLength: 4 }),
    events: fc.array(anyEvent, { maxLength: 20 }),
    region: fc.constantFrom("East", "West"),
    later: fc.nat(60),
    maxPoints: fc.nat(80),
    maxTotal: fc.nat(100),
  });
  // Some of them have a grade, so that it is compared, too.
  let graded = 0;
  fc.assert(
    fc.property(given, ({ rules, events, region, later, maxPoints, maxTotal }) => {
      const fit = [
        { id: "east", when: { field: "region", eq: "East" }, points: 30 },
        { id: "west", when: { field: "region", eq: "West" }, points: -5 },
      ];
      const web = rules.map((rule, index) => ({ id: `web-${index}`, ...rule }));
      const groups = [
        { id: "fit", kind: "fit", name: { en: "Fit" }, rules: fit },
        { id: "web", kind: "engagement", name: { en: "Web" }, maxPoints, rules: web },
      ];
      const set = compiled(groups, { maxTotal, grades: [{ grade: "A", from: 10 }] });
      const state = withEvents({}, { events, rules: set, now });
      const applied = appliedRules({ region }, set, state);
      const stored: KeptScore = JSON.parse(JSON.stringify(applied));
      const expected = score({ region }, set, { events, now: at(later) });
      expect(scoreAt(stored, at(later))).toEqual(expected);
      expect(stateOf(stored)).toEqual(JSON.parse(JSON.stringify(state)));
      if (expected.grade) graded += 1;
    }),
    { numRuns: 500 },
  );
  expect(graded).toBeGreaterThan(0);
});

describe("B2 an event is kept", () => {
  const web = (rules: object[]) =>
    compiled([
      { id: "web", kind: "engagement", name: { en: "Web" }, rules: rules.map((rule) => ({ eventType: "x", ...rule })) },
    ]);
  const daysKept = (rules: object[], type = "x") =>
    (Date.parse(keptUntil(type, now, web(rules))) - Date.parse(now)) / dayLength;

  test("until less than half a point is left of it by every rule, and for half a year at least", () => {
    // Of 64 points half a one is left after seven half-lives.
    expect(daysKept([{ id: "a", points: 64, halfLifeDays: 30 }])).toBe(210);
    expect(
      daysKept([
        { id: "a", points: -64, halfLifeDays: 30 },
        { id: "b", points: 1, halfLifeDays: 1 },
      ]),
    ).toBe(210);
    expect(daysKept([{ id: "a", points: 64, halfLifeDays: 7 }])).toBe(180);
    expect(daysKept([{ id: "a", points: 64, halfLifeDays: 30 }], "y")).toBe(180);
    expect(daysKept([{ id: "a", points: 0, halfLifeDays: 30 }])).toBe(180);
  });

  test("for three years at most, also where points stay for ever", () => {
    expect(daysKept([{ id: "a", points: 5 }])).toBe(1_096);
    expect(daysKept([{ id: "a", points: 1_000, halfLifeDays: 3_650 }])).toBe(1_096);
  });
});
