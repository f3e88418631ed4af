import { ScoringRuleSet } from "@shangji/contracts/scoring/schemas";
import { compileRules } from "@shangji/core/scoring/compile-rules";
import { type BehaviourEvent, withEvents } from "@shangji/core/scoring/engagement";
import { appliedRules, scoreAt } from "@shangji/core/scoring/kept-score";
import { ruleFields } from "@shangji/core/scoring/rule-set";
import { median } from "./load.ts";

export interface ScoringRow {
  what: string;
  leadsPerSecond: number;
}

const now = "2026-11-26T10:00:00.000Z";
/** So few that what is measured is scoring, and not the collection of a heap of leads. */
const leads = 2_000;
const rounds = 20;
const runs = 5;
const regions = ["East", "West", "North", "South"];
const fitRules = Array.from({ length: 10 }, (_, index) => ({
  id: `fit-${index}`,
  when:
    index % 2
      ? { field: "region", eq: regions[index % 4] }
      : {
          all: [
            { field: "industry", eq: "retail" },
            { field: "createdAt", gte: { start: "month" } },
          ],
        },
  points: index + 1,
}));
const webRules = Array.from({ length: 10 }, (_, index) => ({
  id: `web-${index}`,
  eventType: index % 2 ? "page_viewed" : "mail_opened",
  when: { field: "path", startsWith: `/${index % 3}` },
  points: index + 1,
  halfLifeDays: 7 + index,
}));

/** Leads scored a second by ten rules of fit and ten of engagement, in this process, on one core; the median of five runs. */
export function measureScoring(): ScoringRow[] {
  const ruleSet = ScoringRuleSet.parse({
    name: { en: "Leads" },
    groups: [
      { id: "fit", kind: "fit", name: { en: "Fit" }, maxPoints: 40, rules: fitRules },
      { id: "web", kind: "engagement", name: { en: "Web" }, maxPoints: 60, rules: webRules },
    ],
    maxTotal: 100,
  });
  const rules = compileRules(ruleSet, { fields: ruleFields, time: { now: new Date(now), zone: "UTC" }, pointer: "" });
  const all = Array.from({ length: leads }, (_, index) => leadOf(index));
  const states = all.map(({ events }) => withEvents({}, { events, rules, now }));
  const kept = all.map(({ lead }, index) => appliedRules(lead, rules, states[index] ?? {}));
  return [
    row("rules judged and added up, from five events each", () => {
      for (const { lead, events } of all) {
        const state = withEvents({}, { events, rules, now });
        scoreAt(appliedRules(lead, rules, state), now);
      }
    }),
    row("rules judged and added up, by state", () => {
      for (const [index, { lead }] of all.entries()) scoreAt(appliedRules(lead, rules, states[index] ?? {}), now);
    }),
    row("what is kept, told at a later time", () => {
      for (const each of kept) scoreAt(each, "2026-12-01T10:00:00.000Z");
    }),
  ];
}

function leadOf(index: number) {
  const lead = {
    region: regions[index % 4],
    industry: index % 3 ? "retail" : "steel",
    createdAt: new Date(Date.parse(now) - (index % 60) * 86_400_000).toISOString(),
  };
  const events = Array.from(
    { length: 5 },
    (_, place): BehaviourEvent => ({
      type: (index + place) % 2 ? "page_viewed" : "mail_opened",
      occurredAt: new Date(Date.parse(now) - place * 3_600_000).toISOString(),
      data: { path: `/${(index + place) % 4}/pricing` },
    }),
  );
  return { lead, events };
}

function row(what: string, run: () => void): ScoringRow {
  const rates = Array.from({ length: runs }, () => {
    const started = performance.now();
    for (let round = 0; round < rounds; round += 1) run();
    return (leads * rounds) / ((performance.now() - started) / 1000);
  });
  return { what, leadsPerSecond: Math.round(median(rates)) };
}
