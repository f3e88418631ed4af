import { ScoringRuleSet } from "@shangji/contracts/scoring/schemas";
import { describe, expect, test } from "vitest";
import { isRescoredBy } from "./is-rescored-by.ts";
import type { KeptProgress } from "./ports.ts";
import { noRules } from "./rule-set.ts";

const rulesOver = (...fields: string[]) => ({
  ...ScoringRuleSet.parse({
    name: { en: "Leads" },
    groups: [
      {
        id: "fit",
        kind: "fit",
        name: { en: "Fit" },
        rules: fields.map((field) => ({ id: `rule-${field.toLowerCase()}`, when: { field, exists: true }, points: 1 })),
      },
    ],
  }),
  version: 2,
});
const progress = (fields: Partial<KeptProgress> = {}): KeptProgress => ({
  rulesVersion: 2,
  revision: 1,
  state: "completed",
  done: 1,
  startedAt: "2026-11-26T10:00:00.000Z",
  updatedAt: "2026-11-26T10:00:00.000Z",
  ...fields,
});

describe("B2 a lead is scored again", () => {
  test.each([
    ["a field that a rule looks at has changed", ["region", "tags"], ["region"], true],
    ["no such field has changed", ["company"], ["region"], false],
    ["a part of where it came from is looked at", ["utm"], ["utmSource"], true],
    ["the pool is looked at", ["pool"], ["poolId"], true],
    ["the time of the last change is looked at", ["company"], ["updatedAt"], true],
    ["it is new or back", undefined, ["region"], true],
  ])("or not, when %s", (_when, fields, used, expected) => {
    expect(isRescoredBy({ fields }, { rules: rulesOver(...used), progress: progress() })).toBe(expected);
  });

  test("whatever has changed, while all leads are, or soon will be", () => {
    const rules = rulesOver("region");
    const judge = (known: KeptProgress | undefined) =>
      isRescoredBy({ fields: ["company"] }, { rules, progress: known });
    expect(judge(progress({ state: "running" }))).toBe(true);
    expect(judge(progress({ rulesVersion: 1 }))).toBe(true);
    expect(judge(undefined)).toBe(true);
    expect(judge(progress({ state: "failed" }))).toBe(false);
  });

  test("never without rules", () => {
    expect(isRescoredBy({}, { rules: noRules, progress: undefined })).toBe(false);
  });
});
