import { fakeStores } from "@shangji/testing/fakes/stores";
import { testClock, testContext } from "@shangji/testing/world";
import { expect, test } from "vitest";
import { newLead } from "../leads/new-lead.ts";
import { getLeadScore } from "./get-lead-score.ts";
import type { KeptScore } from "./kept-score.ts";

const clock = testClock();
const context = testContext({ clock });
const met = (id: string, points: number, ...looksAt: string[]) => ({ id, points, looksAt });

async function shown(hidden: string[], fields: Partial<KeptScore> = {}) {
  const { leads } = fakeStores();
  const lead = newLead({ name: "陈静", tags: [] }, { context, command: "test" });
  await leads.create(lead);
  const kept: KeptScore = {
    ...{ leadId: lead.id, revision: 3, rulesVersion: 2, at: "2026-11-01T00:00:00.000Z", grades: [], maxTotal: 30 },
    groups: [
      {
        id: "fit",
        kind: "fit",
        met: [met("a", 20, "region"), met("b", 7, "industry", "region"), met("c", 5, "company")],
      },
      { id: "web", kind: "engagement", earned: [{ id: "d", value: 4, at: "2026-11-01T00:00:00.000Z" }] },
    ],
    ...fields,
  };
  return getLeadScore({ id: lead.id }, { leads, scores: { of: async () => kept }, hidden: new Set(hidden), clock });
}

test("B2 a reader is told the total, and of rules over hidden fields no more than what they give together", async () => {
  const { score } = await shown(["region"]);
  expect(score).toMatchObject({ total: 30, fit: 32, engagement: 4, rulesVersion: 2, at: clock.now().toISOString() });
  expect(score?.parts).toEqual([
    { reason: "fit", ruleId: "c", group: "fit", points: 5 },
    { reason: "engagement", ruleId: "d", group: "web", points: 4 },
    { reason: "total_limit", points: -6 },
    { reason: "withheld", group: "fit", points: 27 },
  ]);
  expect((await shown(["industry"])).score?.parts.map(({ points }) => points)).toEqual([20, 5, 4, -6, 7]);
  expect((await shown([])).score?.parts.map(({ points }) => points)).toEqual([20, 7, 5, 4, -6]);
});

test("B2 there is no score as long as there are no rules", async () => {
  expect(Object.keys(await shown([], { rulesVersion: 0, groups: [] }))).toEqual(["leadId"]);
});
