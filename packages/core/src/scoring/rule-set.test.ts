import { ScoringRuleSet, type ScoringRules } from "@shangji/contracts/scoring/schemas";
import { fakeSetting } from "@shangji/testing/fakes/stores";
import { testContext } from "@shangji/testing/world";
import { describe, expect, test } from "vitest";
import { bestOf } from "./record-behaviour.ts";
import { getScoringRules, putScoringRules } from "./rule-set.ts";

const group = (...fields: string[]) => ({
  id: "fit",
  kind: "fit",
  name: { en: "Fit" },
  rules: fields.map((field) => ({ id: field, when: { any: [{ field, eq: "x" }] }, points: 1 })),
});

function world() {
  const ruleSets = fakeSetting<ScoringRules>();
  const deps = { ruleSets, settings: { zone: "UTC" }, context: testContext() };
  const put = (groups: object[], expectedVersion: number, hidden: string[] = []) =>
    putScoringRules(
      { rules: ScoringRuleSet.parse({ name: { en: "Leads" }, groups }), expectedVersion },
      { ...deps, hidden: new Set(hidden) },
    );
  const shown = async (...hidden: string[]) => {
    const { groups, version } = await getScoringRules({ ruleSets, hidden: new Set(hidden) });
    return [version, groups.map(({ rules }) => rules.map(({ id }) => id))];
  };
  return { put, shown };
}

describe("B2 scoring rules", () => {
  test("are none at first, and grow by a version with each change", async () => {
    const { put, shown } = world();
    expect(await shown()).toEqual([0, []]);
    expect((await put([group("region")], 0)).version).toBe(1);
    expect(await shown()).toEqual([1, [["region"]]]);
    await expect(put([], 0)).rejects.toMatchObject({ code: "stale_version" });
  });

  test("over hidden fields are not shown, and cannot be removed by whoever does not see them", async () => {
    const { put, shown } = world();
    await put([group("region", "industry")], 0);
    expect(await shown("industry")).toEqual([1, [["region"]]]);
    await expect(put([group("region")], 1, ["industry"])).rejects.toMatchObject({ code: "field_not_allowed" });
    await put([group("region")], 1);
    await expect(put([group("industry")], 2, ["industry"])).rejects.toMatchObject({ code: "field_not_allowed" });
    expect((await put([group("region")], 2, ["industry"])).version).toBe(3);
  });

  test("may look at fields of leads, and not at what a lead is worth", async () => {
    await expect(world().put([group("score")], 0)).rejects.toMatchObject({ code: "invalid_request" });
  });
});

test("B2 of several leads with an e-mail an open one is meant, and the newest of them", () => {
  const lead = (id: string, status: "new" | "converted" | "disqualified", createdAt: string) => ({
    id,
    status,
    createdAt,
  });
  const leads = [
    lead("lead_a", "new", "2026-11-01"),
    lead("lead_b", "new", "2026-11-02"),
    lead("lead_c", "converted", "2026-11-03"),
    lead("lead_d", "disqualified", "2026-11-04"),
  ];
  for (const given of [leads, leads.toReversed()]) expect(bestOf(given)?.id).toBe("lead_b");
  expect(bestOf(leads.slice(2))?.id).toBe("lead_d");
  expect(bestOf([])).toBeUndefined();
});
