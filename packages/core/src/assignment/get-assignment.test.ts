import { AssignmentRules, LeadAssignment } from "@shangji/contracts/assignment/schemas";
import type { Lead } from "@shangji/contracts/leads/schemas";
import { expect, test } from "vitest";
import type { Stored } from "../kit/record.ts";
import { getLeadAssignment } from "./get-assignment.ts";
import { fieldsLookedAt } from "./looked-at.ts";
import type { StoredDecision } from "./ports.ts";

const id = "lead_01JD7Z3Q5V9W0X2Y4Z6A8B0C1D";
const stored: StoredDecision = {
  leadId: id,
  cause: "evt_1",
  rulesVersion: 4,
  ruleId: "east",
  poolId: undefined,
  teamId: "team_1",
  lookedAt: ["region"],
  explanation: {
    at: "2026-11-02T08:30:00.000Z",
    outcome: "assigned",
    userId: "usr_1",
    rules: [{ ruleId: "east", outcome: "decided" }],
    candidates: [{ userId: "usr_1", outcome: "chosen", refusals: [] }],
  },
};

function ask({
  hidden = [],
  decision,
  lead = {},
}: {
  hidden?: string[];
  decision?: StoredDecision;
  lead?: object | null;
}) {
  const deps = {
    leads: { get: async () => (lead === null ? undefined : (lead as Stored<Lead>)) },
    assignments: { decisionOf: async () => decision },
    hidden: new Set(hidden),
  };
  return getLeadAssignment({ id }, deps);
}

test("B3 a decision is told with its rules and people, and with nothing that only the store knows", async () => {
  const answer = await ask({ decision: stored });
  const { at, outcome, userId, rules, candidates } = stored.explanation;
  const told = { at, outcome, userId, rules, candidates, teamId: "team_1", ruleId: "east", rulesVersion: 4 };
  expect(answer).toEqual({ leadId: id, decision: told });
  expect(LeadAssignment.parse(answer)).toEqual(answer);
});

test("B3 whoever may not see what the rules looked at is told of the result alone", async () => {
  const { decision } = await ask({ decision: stored, hidden: ["region"] });
  const { at, outcome, userId } = stored.explanation;
  expect(decision).toEqual({ at, outcome, userId, teamId: "team_1", rulesVersion: 4 });
  expect((await ask({ decision: stored, hidden: ["email"] })).decision?.ruleId).toBe("east");
});

test("B3 no decision is an answer, and a lead that may not be read is none", async () => {
  expect(await ask({})).toEqual({ leadId: id });
  await expect(ask({ decision: stored, lead: null })).rejects.toMatchObject({ code: "not_found" });
});

test("B3 rules look at the fields of their conditions, whatever stands around these, and by territory at the region", () => {
  const { rules } = AssignmentRules.parse({
    rules: [
      {
        id: "a",
        when: { all: [{ field: "source", eq: "x" }, { any: [{ not: { field: "utmSource", eq: "y" } }] }] },
        target: { kind: "pool" },
      },
      { id: "b", target: { kind: "territory" } },
      { id: "c", enabled: false, when: { field: "email", exists: true }, target: { kind: "pool" } },
    ],
  });
  expect(fieldsLookedAt(rules)).toEqual(["region", "source", "utm"]);
});
