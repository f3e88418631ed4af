import { AssignmentRules } from "@shangji/contracts/assignment/schemas";
import type { Lead } from "@shangji/contracts/leads/schemas";
import type { User } from "@shangji/contracts/people/schemas";
import { describe, expect, test } from "vitest";
import { defaultCalendar } from "../../calendar/organization-calendar.ts";
import type { KeptScore } from "../../scoring/kept-score.ts";
import { replay } from "./replay.ts";

const zone = "Asia/Shanghai";
const userId = (index: number) => `usr_${String(index).padStart(26, "0")}`;
const users = [1, 2, 3].map((index) => ({ id: userId(index), name: `P${index}`, active: true }) as User); // what is looked at
const today = new Date("2026-11-27T02:00:00.000Z");

/** Monday, ten in the morning there, and so many hours later. */
const hour = (hours: number) => new Date(Date.parse("2026-11-23T02:00:00.000Z") + hours * 3_600_000).toISOString();
let made = 0;
const lead = (createdAt: string, more: Partial<Lead> = {}) =>
  ({
    id: `lead_${String(++made).padStart(26, "0")}`,
    name: "L",
    status: "working",
    createdAt,
    updatedAt: createdAt,
    ...more,
  }) as Lead; // a whole one says no more

function replayed(
  leads: Lead[],
  rules: object[],
  guards: object = { workingHours: false },
  scores?: ReadonlyMap<string, KeptScore>,
) {
  const world = { users, calendar: defaultCalendar(zone), zone, today, ...(scores ? { scores } : {}) };
  return replay(leads, { rules: AssignmentRules.parse({ rules, guards }), ...world });
}

/** Who gets each lead, as they come: a number of `users`, or 0. */
function given(...asked: Parameters<typeof replayed>): number[] {
  return replayed(...asked).map(({ decision }) =>
    decision.to === "user" ? users.findIndex(({ id }) => id === decision.userId) + 1 : 0,
  );
}

const inTurn = { id: "turn", target: { kind: "round_robin", among: { userIds: users.map(({ id }) => id) } } };
const alone = { id: "alone", target: { kind: "user", userId: userId(1) } };

describe("B3 leads of a past period are given out again", () => {
  test("in the order in which they came, whatever order they are read in", () => {
    const leads = [2, 0, 1, 3].map((at) => lead(hour(at)));
    expect(replayed(leads, [inTurn]).map((each) => each.lead.createdAt)).toEqual([0, 1, 2, 3].map(hour));
    expect(given(leads, [inTurn])).toEqual([1, 2, 3, 1]);
  });

  test("at the times when they came: who was not at work then gets nothing, though they are now", () => {
    // Ten in the morning, seven in the evening, ten the next morning; Saturday.
    expect(
      given(
        [hour(0), hour(9), hour(24), hour(120)].map((at) => lead(at)),
        [alone],
        {},
      ),
    ).toEqual([1, 0, 1, 0]);
  });

  test("with the caps of each day in its turn", () => {
    const leads = [0, 1, 2, 24].map((at) => lead(hour(at)));
    expect(given(leads, [alone], { workingHours: false, maxPerDay: 2 })).toEqual([1, 1, 0, 1]);
  });

  test("and are open until they were really closed", () => {
    const closed = lead(hour(0), { status: "disqualified", statusChangedAt: hour(3) });
    const leads = [closed, lead(hour(1)), lead(hour(2)), lead(hour(4))];
    expect(given(leads, [alone], { workingHours: false, maxOpen: 2 })).toEqual([1, 1, 0, 1]);
  });

  test("as leads that nobody has yet", () => {
    const mine = { ...alone, when: { field: "ownerId", exists: false } };
    expect(given([lead(hour(0), { ownerId: userId(2), teamId: "team_x" })], [mine])).toEqual([1]);
  });

  test("by the score that they had when they came: by what they are, and nothing of what happened later", () => {
    const score = (met: number, earned: number): KeptScore => ({
      ...{ leadId: "", revision: 1, rulesVersion: 1, at: hour(50), grades: [] },
      groups: [
        { id: "f", kind: "fit", met: [{ id: "m", points: met, looksAt: [] }] },
        { id: "e", kind: "engagement", earned: [{ id: "e", value: earned, at: hour(50) }] },
      ],
    });
    const leads = [0, 1, 2].map((at) => lead(hour(at)));
    const [first, second] = leads.map(({ id }) => id);
    const scores = new Map([
      [first ?? "", score(60, 0)],
      [second ?? "", score(10, 90)],
    ]);
    const good = { ...alone, when: { field: "score", gte: 50 } };
    expect(given(leads, [good], { workingHours: false }, scores)).toEqual([1, 0, 0]);
  });

  test("by conditions whose dates are those of each day", () => {
    const fresh = { ...alone, when: { field: "createdAt", gte: { start: "day" } } };
    expect(given([lead(hour(0)), lead(hour(48))], [fresh])).toEqual([1, 1]);
  });

  test("by rules whose faults are named even when there is no lead", () => {
    expect(() => given([], [{ ...alone, when: { field: "amountMinor", gt: 1 } }])).toThrow(
      expect.objectContaining({
        code: "invalid_request",
        errors: [expect.objectContaining({ pointer: "/body/rules/rules/0/when/field" })],
      }),
    );
  });

  test("the owner of the account that is called like a company has its leads, if there is one such owner", () => {
    const accountOwners = new Map([
      ["acme", [userId(2)]],
      ["globex", [userId(2), userId(3)]],
    ]);
    const companies = ["ACME Co., Ltd.", "Globex", "Initech", undefined];
    const leads = companies.map((company, at) => lead(hour(at), company === undefined ? {} : { company }));
    const rules = AssignmentRules.parse({
      rules: [{ id: "owner", target: { kind: "account_owner" } }, alone],
      guards: { workingHours: false },
    });
    const made = replay(leads, { rules, users, calendar: defaultCalendar(zone), zone, today, accountOwners });
    expect(made.map(({ decision }) => decision)).toMatchObject([
      { userId: userId(2), ruleId: "owner" },
      { userId: userId(1), explanation: { rules: [{ outcome: "several_account_owners" }, {}] } },
      { userId: userId(1), explanation: { rules: [{ outcome: "no_account_owner" }, {}] } },
      { userId: userId(1), explanation: { rules: [{ outcome: "no_account_owner" }, {}] } },
    ]);
  });
});
