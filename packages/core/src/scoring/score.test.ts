import { type EngagementRule, ScoringRuleSet } from "@shangji/contracts/scoring/schemas";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compileRules } from "./compile-rules.ts";
import { decayed, wholePoints } from "./decay.ts";
import { type BehaviourEvent, type EngagementState, withEvents } from "./engagement.ts";
import { score, scoreByState } from "./score.ts";

const now = "2026-11-26T10:00:00.000Z";
const dayLength = 86_400_000;
const fields = {
  lead: {
    industry: { kind: "text" },
    employees: { kind: "number" },
    ownerId: { kind: "user" },
    createdAt: { kind: "instant" },
  },
  event: { path: { kind: "text" }, seconds: { kind: "number" } },
} as const;

function compiled(groups: object[], more: object = {}) {
  const ruleSet = ScoringRuleSet.parse({ name: { en: "Leads" }, groups, ...more });
  return compileRules(ruleSet, { fields, time: { now: new Date(now), zone: "Asia/Shanghai" }, pointer: "/body" });
}

const company = {
  id: "company",
  kind: "fit",
  name: { en: "Company" },
  rules: [
    { id: "big", when: { field: "employees", gte: 500 }, points: 30 },
    { id: "maker", when: { field: "industry", eq: "manufacturing" }, points: 25 },
    { id: "tiny", when: { field: "employees", lt: 5 }, points: -40 },
  ],
};
const web = (rules: Partial<EngagementRule>[], more: object = {}) => ({
  id: "web",
  kind: "engagement",
  name: { en: "Web" },
  rules: rules.map((rule, index) => ({ id: `web-${index}`, eventType: "page_viewed", points: 8, ...rule })),
  ...more,
});
const daysAgo = (days: number) => new Date(Date.parse(now) - days * dayLength).toISOString();
const viewed = (days: number, data = {}, type = "page_viewed"): BehaviourEvent => ({
  type,
  occurredAt: daysAgo(days),
  data,
});
const bigMaker = { employees: 900, industry: "Manufacturing " };

describe("B2 a score", () => {
  test("is the sum of the rules that hold, with each part told", () => {
    expect(score(bigMaker, compiled([company]), { events: [], now })).toEqual({
      total: 55,
      fit: 55,
      engagement: 0,
      parts: [
        { reason: "fit", ruleId: "big", group: "company", points: 30 },
        { reason: "fit", ruleId: "maker", group: "company", points: 25 },
      ],
    });
  });

  test("keeps to the limits of groups, above and below, and of the total", () => {
    const limited = { ...company, maxPoints: 40, minPoints: -10 };
    const all = compiled([limited, web([{ points: 100 }], { maxPoints: 90 })], { maxTotal: 100, minTotal: -5 });
    expect(score(bigMaker, all, { events: [viewed(0)], now })).toMatchObject({ total: 100, fit: 40, engagement: 90 });
    expect(score(bigMaker, all, { events: [viewed(0)], now }).parts.slice(2)).toEqual([
      { reason: "group_limit", group: "company", points: -15 },
      { reason: "engagement", ruleId: "web-0", group: "web", points: 100 },
      { reason: "group_limit", group: "web", points: -10 },
      { reason: "total_limit", points: -30 },
    ]);
    expect(score({ employees: 1 }, all, { events: [], now })).toMatchObject({ total: -5, fit: -10 });
  });

  test("has the first grade that its total reaches", () => {
    const grades = [
      { grade: "A", from: 50 },
      { grade: "B", from: 30 },
      { grade: "C", from: 0 },
    ];
    const rules = compiled([company], { grades });
    const gradeOf = (lead: object) => score({ ...lead }, rules, { events: [], now }).grade;
    expect([bigMaker, { employees: 500 }, {}, { employees: 1 }].map(gradeOf)).toEqual(["A", "B", "C", undefined]);
  });
});

describe("B2 engagement", () => {
  test("halves with each half-life, and stays without one", () => {
    const rules = compiled([web([{ halfLifeDays: 7 }, {}])]);
    const pointsAt = (days: number) =>
      score({}, rules, { events: [viewed(days)], now }).parts.map(({ points }) => points);
    expect([0, 7, 14, 21, 100].map(pointsAt)).toEqual([[8, 8], [4, 8], [2, 8], [1, 8], [8]]);
  });

  test("counts each event of its type that meets its condition", () => {
    const rules = compiled([web([{ when: { field: "path", startsWith: "/pricing" } }])]);
    const events = [viewed(1, { path: "/Pricing/cn" }), viewed(2, { path: "/blog" }), viewed(3, { path: "/pricing" })];
    const other = viewed(1, { path: "/pricing" }, "mail_opened");
    expect(score({}, rules, { events: [...events, other], now }).engagement).toBe(16);
  });

  test("of an event that claims to be later than now is that of one now", () => {
    const rules = compiled([web([{ halfLifeDays: 1 }])]);
    expect(score({}, rules, { events: [viewed(-30)], now }).engagement).toBe(8);
    // Else what came after it would count as long past.
    const events = [viewed(-30), viewed(0)];
    const state = withEvents({}, { events, rules, now });
    expect(scoreByState({}, rules, { state, now }).engagement).toBe(16);
    expect(score({}, rules, { events, now }).engagement).toBe(16);
  });

  test("a sum at a time before its last event is the sum", () => {
    expect(decayed({ value: 8, at: now }, daysAgo(3), 1)).toBe(8);
  });

  test("of rules that are gone is nothing", () => {
    const state: EngagementState = { gone: { value: 50, at: now } };
    expect(scoreByState({}, compiled([web([{}])]), { state, now })).toMatchObject({ total: 0, parts: [] });
  });
});

test("B2 points are whole, halves upwards, whatever the order in which they were added up", () => {
  expect([2.5, 2.4999, -2.5, -2.6, 0.3, -0.3].map(wholePoints)).toEqual([3, 2, -2, -3, 0, 0]);
  expect(wholePoints(2.5 - 1e-9)).toBe(3);
  expect(wholePoints(-2.5 - 1e-9)).toBe(-2);
});

const anyRule = fc.record(
  {
    eventType: fc.constantFrom("page_viewed", "mail_opened"),
    when: fc.constantFrom({ field: "seconds", gte: 30 }, { field: "path", eq: "/pricing" }),
    points: fc.integer({ min: -50, max: 50 }),
    halfLifeDays: fc.oneof(fc.constantFrom(0.1, 1, 7, 30), fc.double({ min: 0.1, max: 365, noNaN: true })),
  },
  { requiredKeys: ["eventType", "points"] },
);
/** Whole days as well, as sums of halves are where roundings would part. */
const anyAge = fc.oneof(fc.nat(60), fc.double({ min: 0, max: 60, noNaN: true }));
const anyEvent = fc
  .record({
    type: fc.constantFrom("page_viewed", "mail_opened", "unknown"),
    age: anyAge,
    data: fc.record({ seconds: fc.nat(60), path: fc.constantFrom("/pricing", "/blog") }),
  })
  .map(({ type, age, data }) => viewed(age, data, type));

test("B2 a state that takes in events in any order and in any portions gives the score of all events", () => {
  const given = fc.record({
    rules: fc.array(anyRule, { minLength: 1, maxLength: 5 }),
    events: fc.array(anyEvent, { maxLength: 30 }),
    portion: fc.integer({ min: 1, max: 10 }),
    later: anyAge,
    maxPoints: fc.option(fc.nat(60), { nil: undefined }),
  });
  let worth = 0;
  fc.assert(
    fc.property(given, ({ rules, events, portion, later, maxPoints }) => {
      const set = compiled([web(rules, maxPoints === undefined ? {} : { maxPoints })]);
      let state: EngagementState = {};
      for (let index = 0; index < events.length; index += portion) {
        const before = state;
        const kept = JSON.stringify(before);
        state = withEvents(before, { events: events.slice(index, index + portion), rules: set, now });
        expect(JSON.stringify(before)).toBe(kept);
      }
      const then = daysAgo(-later);
      const stored: EngagementState = JSON.parse(JSON.stringify(state));
      const expected = score({}, set, { events, now: then });
      expect(scoreByState({}, set, { state: stored, now: then })).toEqual(expected);
      if (expected.engagement !== 0) worth += 1;
    }),
    { numRuns: 1_000 },
  );
  expect(worth).toBeGreaterThan(300);
});

test("B2 a score is what a plain reading of its rules gives, and its parts add up to it", () => {
  const given = fc.record({
    rules: fc.array(anyRule, { minLength: 1, maxLength: 4 }),
    events: fc.array(anyEvent, { maxLength: 20 }),
    lead: fc.record(
      { employees: fc.nat(1_000), industry: fc.constantFrom("manufacturing", "retail") },
      { requiredKeys: [] },
    ),
    maxPoints: fc.nat(60),
    maxTotal: fc.nat(100),
  });
  fc.assert(
    fc.property(given, ({ rules, events, lead, maxPoints, maxTotal }) => {
      const set = compiled([{ ...company, maxPoints }, web(rules, { maxPoints })], { maxTotal });
      const found = score(lead, set, { events, now });
      const { employees = Number.NaN, industry } = lead;
      const fit = (employees >= 500 ? 30 : 0) + (industry === "manufacturing" ? 25 : 0) - (employees < 5 ? 40 : 0);
      const worth = rules.map(({ eventType, when, points, halfLifeDays }) => {
        const counted = events.filter(({ type, data }) => {
          if (type !== eventType) return false;
          if (!when) return true;
          return "gte" in when ? Number(data.seconds) >= 30 : data.path === "/pricing";
        });
        const left = counted.map(({ occurredAt }) => {
          const days = (Date.parse(now) - Date.parse(occurredAt)) / dayLength;
          return points * (halfLifeDays === undefined ? 1 : 0.5 ** (days / halfLifeDays));
        });
        return Math.floor(left.reduce((sum, each) => sum + each, 0) + 0.500001);
      });
      const engagement = Math.min(
        maxPoints,
        worth.reduce((sum, each) => sum + each, 0),
      );
      expect(found).toMatchObject({ fit: Math.min(maxPoints, fit), engagement });
      expect(found.total).toBe(Math.min(maxTotal, Math.min(maxPoints, fit) + engagement));
      expect(found.parts.reduce((sum, { points }) => sum + points, 0)).toBe(found.total);
    }),
    { numRuns: 500 },
  );
});

describe("B2 a rule set", () => {
  test("is refused at every fault of its conditions", () => {
    const faulty = { ...company, rules: [{ id: "a", when: { field: "ownerId", in: ["me"] }, points: 1 }] };
    expect(() => compiled([faulty, web([{}, { when: { field: "employees", gte: 1 } }])])).toThrow(
      expect.objectContaining({
        code: "invalid_request",
        errors: [
          { pointer: "/body/groups/0/rules/0/when/in/0", message: "stands for the reader, and a rule has none" },
          { pointer: "/body/groups/1/rules/1/when/field", message: "is not a known field" },
        ],
      }),
    );
  });

  test("holds until the organisation's day ends, as its days are relative", () => {
    const fresh = {
      ...company,
      rules: [{ id: "new", when: { field: "createdAt", gte: { start: "day" } }, points: 5 }],
    };
    const rules = compiled([fresh]);
    expect(rules.until).toBe("2026-11-26T16:00:00.000Z");
    const scoreOf = (createdAt: string) => score({ createdAt }, rules, { events: [], now }).total;
    expect([scoreOf("2026-11-25T16:00:00.000Z"), scoreOf("2026-11-25T15:59:59.999Z")]).toEqual([5, 0]);
  });
});
