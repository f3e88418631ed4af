import { AssignmentRules } from "@shangji/contracts/assignment/schemas";
import type { User } from "@shangji/contracts/people/schemas";
import { fakeStores } from "@shangji/testing/fakes/stores";
import { testContext, testViewer } from "@shangji/testing/world";
import { describe, expect, test } from "vitest";
import { createTeam } from "../people/create-team.ts";
import { createUser } from "../people/create-user.ts";
import { getAssignmentRules, putAssignmentRules } from "./rule-set.ts";

const missing = "01JD7Z3Q5V9W0X2Y4Z6A8B0C1D";

async function world(fields: Partial<Pick<User, "skills">> = {}) {
  const deps = { ...fakeStores(), context: testContext(), viewer: testViewer() };
  const team = await createTeam({ name: "East" }, deps);
  const person = await createUser({ name: "Lin", role: "rep", teamId: team.id, ...fields }, deps);
  const put = (rules: object[], expectedVersion?: number) =>
    putAssignmentRules({ rules: AssignmentRules.parse({ rules }), expectedVersion }, deps);
  return { deps, team, person, put };
}

describe("B3 assignment rules", () => {
  test("are none at first, and then one ordered list that grows by a version with each change", async () => {
    const { deps, team, person, put } = await world();
    expect(await getAssignmentRules(deps)).toEqual({ rules: [], guards: {}, version: 0 });
    const first = { id: "east", target: { kind: "round_robin", among: { teamIds: [team.id] } } };
    const second = { id: "lin", enabled: false, target: { kind: "user", userId: person.id } };
    expect((await put([first, second], 0)).version).toBe(1);
    const { rules, version } = await put([second, first], 1);
    expect([rules.map(({ id, enabled }) => [id, enabled]), version]).toEqual([
      [
        ["lin", false],
        ["east", true],
      ],
      2,
    ]);
    expect(await getAssignmentRules(deps)).toMatchObject({ version: 2, change: { command: "putAssignmentRules" } });
    await expect(put([first], 1)).rejects.toMatchObject({ code: "stale_version" });
  });

  test("name only people, teams and skills that are there, and are told of all that are not", async () => {
    const { put, person, team } = await world({ skills: ["５G"] });
    const among = { teamIds: [team.id, `team_${missing}`], userIds: [person.id, `usr_${missing}`] };
    const refused = put([
      { id: "a", target: { kind: "user", userId: `usr_${missing}` } },
      { id: "b", target: { kind: "weighted", people: [{ userId: `usr_${missing}`, weight: 1 }] } },
      { id: "c", target: { kind: "round_robin", among } },
      { id: "d", target: { kind: "skill", skills: ["5g", "welding"], among } },
      { id: "e", target: { kind: "territory", among } },
      { id: "f", target: { kind: "least_loaded", among } },
      { id: "g", target: { kind: "pool" } },
    ]);
    const missingAmong = (rule: number) => [
      `/body/rules/${rule}/target/among/teamIds/1`,
      `/body/rules/${rule}/target/among/userIds/1`,
    ];
    await expect(refused).rejects.toMatchObject({ code: "unknown_reference" });
    const { errors } = await refused.catch((error) => error);
    expect(errors.map(({ pointer }: { pointer: string }) => pointer)).toEqual([
      "/body/rules/0/target/userId",
      "/body/rules/1/target/people/0/userId",
      ...missingAmong(2),
      "/body/rules/3/target/skills/1",
      ...missingAmong(3),
      ...missingAmong(4),
      ...missingAmong(5),
    ]);
  });

  test("have conditions about leads, and nothing in them stands for a reader", async () => {
    const { put, person } = await world();
    const rule = (when: object) => ({ id: "a", when, target: { kind: "user", userId: person.id } });
    const pointersOf = async (when: object) => {
      const { code, errors } = await put([rule(when)]).catch((error) => error);
      return [code, errors.map(({ pointer }: { pointer: string }) => pointer)];
    };
    expect(await pointersOf({ field: "stageId", eq: "x" })).toEqual(["invalid_request", ["/body/rules/0/when/field"]]);
    expect(await pointersOf({ field: "ownerId", eq: "me" })).toEqual(["invalid_request", ["/body/rules/0/when/eq"]]);
    expect((await put([rule({ field: "utmSource", eq: "fair" })])).version).toBe(1);
  });
});
