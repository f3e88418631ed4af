import { testViewer } from "@shangji/testing/world";
import { describe, expect, test } from "vitest";
import { defaultRules } from "./default-policy.ts";
import { ledTeams } from "./led-teams.ts";
import { mayDo, type Viewer } from "./viewer.ts";

const access = { entity: "opportunity", action: "read" } as const;
const rep = { userId: "usr_1", role: "rep", teamId: "team_1" } as const;

function withScope(read: "none" | "own" | "team" | "subordinates" | "all"): Viewer {
  const { roles } = defaultRules;
  const grants = { ...roles.rep, opportunity: { ...roles.rep.opportunity, read } };
  return { ...testViewer({ ...rep, ledTeamIds: ["team_below"] }), rules: { roles: { ...roles, rep: grants } } };
}

describe("H2 a scope covers", () => {
  const records = {
    own: { ownerId: "usr_1", teamId: "team_1" },
    "own of a former team": { ownerId: "usr_1", teamId: "team_9" },
    "own without a team": { ownerId: "usr_1" },
    "the team's": { ownerId: "usr_2", teamId: "team_1" },
    "a team's below": { ownerId: "usr_3", teamId: "team_below" },
    foreign: { ownerId: "usr_4", teamId: "team_9" },
    "nobody's": {},
  };
  test.each([
    ["none", []],
    ["own", ["own", "own of a former team", "own without a team"]],
    ["team", ["own", "own of a former team", "own without a team", "the team's"]],
    ["subordinates", ["own", "own of a former team", "own without a team", "the team's", "a team's below"]],
    ["all", Object.keys(records)],
  ] as const)("%s: %j", (scope, covered) => {
    const viewer = withScope(scope);
    const seen = Object.entries(records).flatMap(([name, record]) => (mayDo(viewer, access, record) ? [name] : []));
    expect(seen).toEqual(covered);
  });

  test("a team of nobody's for nobody: who has no team shares none", () => {
    const viewer = { ...withScope("team"), actor: { userId: "usr_1", role: "rep" as const } };
    expect(mayDo(viewer, access, { ownerId: "usr_2" })).toBe(false);
  });
});

describe("H1 who leads which teams", () => {
  const teams = [
    { id: "top" },
    { id: "east", parentId: "top", managerId: "usr_1" },
    { id: "shanghai", parentId: "east" },
    { id: "pudong", parentId: "shanghai" },
    { id: "west", parentId: "top" },
  ];
  const led = (actor: { userId: string; teamId?: string }) => ledTeams({ role: "manager", ...actor }, teams).sort();

  test("the own team, the managed ones, and all below", () => {
    expect(led({ userId: "usr_1" })).toEqual(["east", "pudong", "shanghai"]);
    expect(led({ userId: "usr_2", teamId: "shanghai" })).toEqual(["pudong", "shanghai"]);
    expect(led({ userId: "usr_1", teamId: "west" })).toEqual(["east", "pudong", "shanghai", "west"]);
    expect(led({ userId: "usr_3" })).toEqual([]);
  });

  test("a circle of teams ends", () => {
    const circle = [
      { id: "a", parentId: "b" },
      { id: "b", parentId: "a" },
    ];
    expect(ledTeams({ userId: "usr_1", role: "manager", teamId: "a" }, circle).sort()).toEqual(["a", "b"]);
  });
});
