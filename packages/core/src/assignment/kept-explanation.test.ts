import { type AssignmentExplanation, assignmentLimits } from "@shangji/contracts/assignment/schemas";
import { expect, test } from "vitest";
import { keptExplanation } from "./kept-explanation.ts";

const of = (count: number, chosen: number): AssignmentExplanation => ({
  at: "2026-11-02T08:30:00.000Z",
  outcome: "assigned",
  userId: `usr_${chosen}`,
  rules: [{ ruleId: "all", outcome: "decided" }],
  candidates: Array.from({ length: count }, (_, index) => ({
    userId: `usr_${index}`,
    outcome: index === chosen ? "chosen" : "available",
    refusals: [],
  })),
});

test("B3 a decision is kept with all people whom its rule names, and of very many with whoever was chosen and some others", () => {
  const most = assignmentLimits.candidatesKept;
  expect(keptExplanation(of(most, most - 1))).toEqual(of(most, most - 1));
  const { candidates, ...rest } = keptExplanation(of(most + 1, most));
  const { candidates: all, ...whole } = of(most + 1, most);
  expect([rest, candidates.length, candidates[0]]).toEqual([whole, most, all.at(-1)]);
  expect(candidates.slice(1)).toEqual(all.slice(0, most - 1));
});
