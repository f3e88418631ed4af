import type { AccessRules } from "@shangji/contracts/access/schemas";
import { Role } from "@shangji/contracts/kit/primitives";
import type { User, UserPatch } from "@shangji/contracts/people/schemas";
import { testContext, testViewer } from "@shangji/testing/world";
import { describe, expect, test } from "vitest";
import { defaultRules } from "../access/default-policy.ts";
import type { Viewer } from "../access/viewer.ts";
import { newRecord } from "../kit/new-record.ts";
import { assertMayChange, isWithin } from "./user-change-rules.ts";

const [upper, lower, other] = ["team_UPPER", "team_LOWER", "team_OTHER"] as const;
const context = testContext();

function userIn(teamId: string, role: Role = "rep"): User {
  return newRecord<User>("user", { name: role, role, active: true, teamId }, { context, command: "test" });
}

const manager = testViewer({ userId: "usr_MANAGER", role: "manager", teamId: upper, ledTeamIds: [lower] });

/** `may`, or the code of the refusal and the fields that it names. */
function verdict(user: User, patch: UserPatch, viewer: Viewer): string {
  try {
    assertMayChange(user, patch, viewer);
    return "may";
  } catch (error) {
    const { code, errors } = error as { code: string; errors: { pointer: string }[] };
    return [code, ...errors.map(({ pointer }) => pointer.replace("/body/", ""))].join(" ");
  }
}

describe("H1 who may change what of a user", () => {
  const self = userIn(upper);
  const rep = testViewer({ userId: self.id, role: "rep", teamId: upper });
  const hours: UserPatch = { workingHours: { monday: [] }, zone: "Asia/Shanghai", leave: [], locale: "zh-CN" };

  test.each<[string, User, UserPatch, Viewer, string]>([
    [
      "an admin, anything of anyone",
      userIn(other, "admin"),
      { role: "rep", email: "a@b.cn", active: true },
      testViewer(),
      "may",
    ],
    ["a rep, the own hours, leave and language", self, hours, rep, "may"],
    ["a rep, the own role", self, { role: "admin" }, rep, "field_not_allowed role"],
    ["a rep, the own role beside what is allowed", self, { ...hours, role: "rep" }, rep, "field_not_allowed role"],
    ["a rep, the own team", self, { teamId: other }, rep, "field_not_allowed teamId"],
    ["a rep, the own e-mail", self, { email: "me@example.com" }, rep, "field_not_allowed email"],
    [
      "a rep, the own territories and skills",
      self,
      { territories: [], skills: [] },
      rep,
      "field_not_allowed territories skills",
    ],
    ["a rep, a colleague's hours", userIn(upper), hours, rep, "forbidden"],
    ["a manager, hours below", userIn(lower), hours, manager, "may"],
    [
      "a manager, role, territory and skills below",
      userIn(lower),
      { role: "manager", territories: ["East"], skills: ["5G"] },
      manager,
      "may",
    ],
    ["a manager, a move within the own teams", userIn(lower), { teamId: upper }, manager, "may"],
    ["a manager, a move out of them", userIn(lower), { teamId: other }, manager, "field_not_allowed teamId"],
    ["a manager, a move to no team", userIn(lower), { teamId: null }, manager, "field_not_allowed teamId"],
    ["a manager, somebody of another team", userIn(other), hours, manager, "forbidden"],
    ["a manager, an admin made", userIn(lower), { role: "admin" }, manager, "field_not_allowed role"],
    ["a manager, a role that sees more", userIn(lower), { role: "analyst" }, manager, "field_not_allowed role"],
    ["a manager, an admin moved", userIn(lower, "admin"), { teamId: upper }, manager, "field_not_allowed role"],
    ["a manager, an e-mail below", userIn(lower), { email: "x@example.com" }, manager, "field_not_allowed email"],
    ["a manager, somebody let in again", userIn(lower), { active: true }, manager, "field_not_allowed active"],
  ])("%s", (_name, user, patch, viewer, expected) => {
    expect(verdict(user, patch, viewer)).toBe(expected);
  });

  test("a manager does not promote themself", () => {
    const me = { ...userIn(upper, "manager"), id: manager.actor.userId };
    expect(verdict(me, { role: "rep" }, manager)).toBe("field_not_allowed role");
    expect(verdict(me, hours, manager)).toBe("may");
  });
});

describe("a role is within another one", () => {
  test("if it may nothing that the other may not", () => {
    const within = (role: Role) => Role.options.filter((other) => isWithin(role, other, defaultRules));
    expect(within("rep")).toEqual(["admin", "manager", "rep"]);
    expect(within("manager")).toEqual(["admin", "manager"]);
    expect(within("analyst")).toEqual(["admin", "analyst"]);
    expect(within("admin")).toEqual(["admin"]);
  });

  test("and sees no field that is hidden from the other", () => {
    const rulesWith = (fields: AccessRules["fields"]): AccessRules => ({ ...defaultRules, fields });
    const hidden = { opportunity: { amountMinor: "hidden" } } as const;
    expect(isWithin("rep", "manager", rulesWith({ manager: hidden }))).toBe(false);
    expect(isWithin("rep", "manager", rulesWith({ manager: hidden, rep: hidden }))).toBe(true);
    expect(isWithin("rep", "manager", rulesWith({ rep: hidden }))).toBe(true);
  });
});
