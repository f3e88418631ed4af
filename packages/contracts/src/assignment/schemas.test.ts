import { expect, test } from "vitest";
import { ResponsePolicies } from "./response-policies.ts";
import { AssignmentRules } from "./schemas.ts";

const userId = (index: number) => `usr_${String(index).padStart(26, "0")}`;
const teamId = `team_${"0".repeat(26)}`;
const pooled = { id: "rest", target: { kind: "pool" } };

test("B3 rules are on unless they are off, and take turns unless they say otherwise", () => {
  const target = { kind: "skill", skills: ["solar"] };
  expect(AssignmentRules.parse({ rules: [{ id: "solar", target }] })).toEqual({
    rules: [{ id: "solar", enabled: true, target: { ...target, pick: "round_robin" } }],
    guards: {},
  });
});

const faultyRules: [name: string, rule: object, path: string, message: RegExp][] = [
  ["nobody to choose among", { target: { kind: "round_robin", among: {} } }, "target.among", /teamIds or userIds/],
  [
    "a person twice",
    { target: { kind: "least_loaded", among: { userIds: [userId(1), userId(1)] } } },
    "target.among.userIds",
    /twice/,
  ],
  [
    "a team twice",
    { target: { kind: "round_robin", among: { teamIds: [teamId, teamId] } } },
    "target.among.teamIds",
    /twice/,
  ],
  [
    "a weighted person twice",
    { target: { kind: "weighted", people: [1, 2].map((weight) => ({ userId: userId(1), weight })) } },
    "target.people",
    /twice/,
  ],
  [
    "no weight",
    { target: { kind: "weighted", people: [{ userId: userId(1), weight: 0 }] } },
    "target.people.0.weight",
    /1/,
  ],
  [
    "more people than a rule may name",
    { target: { kind: "round_robin", among: { userIds: Array.from({ length: 201 }, (_, index) => userId(index)) } } },
    "target.among.userIds",
    /200/,
  ],
  ["no skill", { target: { kind: "skill", skills: [] } }, "target.skills", /1/],
  ["another kind of target", { target: { kind: "random" } }, "target.kind", /./],
  ["half a cap", { guards: { maxPerDay: 1.5 } }, "guards.maxPerDay", /int/],
  ["a pool that is none", { poolId: "pool" }, "poolId", /pool_/],
];

test.each(faultyRules)("B3 a rule with %s is refused", (_name, change, path, message) => {
  const { error } = AssignmentRules.safeParse({ rules: [{ ...pooled, ...change }] });
  expect(error?.issues).toEqual([expect.objectContaining({ message: expect.stringMatching(message) })]);
  expect(error?.issues[0]?.path.join(".")).toBe(`rules.0.${path}`);
});

test("B3 no two rules have the same id, and there are a hundred at most", () => {
  const issuesOf = (rules: object[]) =>
    AssignmentRules.safeParse({ rules }).error?.issues.map(({ message }) => message);
  expect(issuesOf([pooled, pooled])).toEqual(["names a rule twice"]);
  expect(issuesOf(Array.from({ length: 101 }, (_, index) => ({ ...pooled, id: `r${index}` })))).toEqual([
    expect.stringContaining("100"),
  ]);
});

const policy = { id: "web", respondWithinMinutes: 60 };

test("B4 a policy reminds of nothing, reassigns to nobody and pools nothing unless it says so", () => {
  expect(ResponsePolicies.parse({ policies: [policy] })).toEqual({
    policies: [{ ...policy, remindBeforeMinutes: [], reassignments: 0 }],
  });
});

const faultyPolicies: [name: string, change: object, path: string, message: RegExp][] = [
  ["no time", { respondWithinMinutes: 0 }, "respondWithinMinutes", /1/],
  ["more time than a quarter", { respondWithinMinutes: 30_001 }, "respondWithinMinutes", /30000/],
  [
    "a reminder before the start",
    { remindBeforeMinutes: [60] },
    "remindBeforeMinutes",
    /less than respondWithinMinutes/,
  ],
  ["a reminder twice", { remindBeforeMinutes: [5, 5] }, "remindBeforeMinutes", /twice/],
  ["reassignments without end", { reassignments: 11 }, "reassignments", /10/],
  ["a pool in the past", { poolAfterMinutes: -1 }, "poolAfterMinutes", /0/],
];

test.each(faultyPolicies)("B4 a policy with %s is refused", (_name, change, path, message) => {
  const { error } = ResponsePolicies.safeParse({ policies: [{ ...policy, ...change }] });
  expect(error?.issues).toEqual([expect.objectContaining({ message: expect.stringMatching(message) })]);
  expect(error?.issues[0]?.path.join(".")).toBe(`policies.0.${path}`);
});

test("B4 no two policies have the same id", () => {
  expect(ResponsePolicies.safeParse({ policies: [policy, policy] }).error?.issues).toEqual([
    expect.objectContaining({ message: "names a rule twice" }),
  ]);
});
