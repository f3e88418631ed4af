import { expect, test } from "vitest";
import { ScoringRuleSet } from "./schemas.ts";

const when = { field: "industry", eq: "retail" };
const fit = { kind: "fit", id: "company", name: { en: "Company" }, rules: [{ id: "retail", when, points: 5 }] };
const engagement = {
  kind: "engagement",
  id: "web",
  name: { en: "Web" },
  maxPoints: 40,
  rules: [{ id: "viewed", eventType: "page_viewed", points: 3, halfLifeDays: 14 }],
};
const ruleSet = { name: { en: "Leads" }, groups: [fit, engagement], maxTotal: 100, grades: [{ grade: "A", from: 50 }] };
const rules = (count: number, prefix: string) =>
  Array.from({ length: count }, (_, index) => ({ id: `${prefix}${index}`, when, points: 1 }));
const deep = Array.from({ length: 6 }).reduce<object>((inner) => ({ not: inner }), when);

test("B2 a rule set has groups of fit and of engagement", () => {
  expect(ScoringRuleSet.parse(ruleSet)).toEqual(ruleSet);
  expect(ScoringRuleSet.parse({ name: { en: "Empty" }, groups: [] }).grades).toEqual([]);
});

const faults: [name: string, change: object, path: string, message: RegExp][] = [
  ["a group twice", { groups: [fit, { ...engagement, id: "company" }] }, "groups", /group twice/],
  ["a rule twice, in two groups", { groups: [fit, { ...fit, id: "again" }] }, "groups", /rule twice/],
  [
    "too many rules in all",
    { groups: [..."abcde"].map((id) => ({ ...fit, id, rules: rules(41, id) })) },
    "groups",
    /200 rules/,
  ],
  ["too many rules of a group", { groups: [{ ...fit, rules: rules(51, "r") }] }, "groups.0.rules", /50/],
  [
    "grades out of order",
    {
      grades: [
        { grade: "B", from: 5 },
        { grade: "A", from: 50 },
      ],
    },
    "grades",
    /highest first/,
  ],
  [
    "two grades from the same total",
    {
      grades: [
        { grade: "B", from: 5 },
        { grade: "A", from: 5 },
      ],
    },
    "grades",
    /highest first/,
  ],
  [
    "a rule without a name",
    { groups: [{ ...fit, rules: [{ id: "", when, points: 1 }] }] },
    "groups.0.rules.0.id",
    /1 to 40/,
  ],
  ["half a point", { groups: [{ ...fit, rules: [{ id: "a", when, points: 0.5 }] }] }, "groups.0.rules.0.points", /int/],
  [
    "a condition that is too deep",
    { groups: [{ ...fit, rules: [{ id: "a", when: deep, points: 1 }] }] },
    "groups.0.rules.0.when",
    /deep/,
  ],
  [
    "an event type with signs",
    { groups: [{ ...engagement, rules: [{ id: "a", eventType: "Page viewed", points: 1 }] }] },
    "groups.0.rules.0.eventType",
    /1 to 60/,
  ],
  [
    "no half-life at all",
    { groups: [{ ...engagement, rules: [{ id: "a", eventType: "x", points: 1, halfLifeDays: 0 }] }] },
    "groups.0.rules.0.halfLifeDays",
    /0.1/,
  ],
  ["fit by events", { groups: [{ ...fit, rules: engagement.rules }] }, "groups.0.rules.0.when", /./],
];

test.each(faults)("B2 a rule set with %s is refused", (_name, change, path, message) => {
  const { error } = ScoringRuleSet.safeParse({ ...ruleSet, ...change });
  expect(error?.issues.map((issue) => issue.path.join("."))).toContain(path);
  expect(error?.issues.map((issue) => issue.message).join()).toMatch(message);
});
