import type { Table } from "@shangji/aws/dynamo/kit/client";
import { leadsIn } from "@shangji/aws/dynamo/leads/leads";
import { teamsIn } from "@shangji/aws/dynamo/people/teams";
import { recomputesIn } from "@shangji/aws/dynamo/scoring/recomputes";
import { scoresIn } from "@shangji/aws/dynamo/scoring/scores";
import { scoringRuleSetsIn } from "@shangji/aws/dynamo/scoring/settings";
import { NewBehaviourEvent } from "@shangji/contracts/scoring/behaviour";
import { ScoringRuleSet } from "@shangji/contracts/scoring/schemas";
import { guardRecords } from "@shangji/core/access/guard-records";
import type { Viewer } from "@shangji/core/access/viewer";
import { bury, revise } from "@shangji/core/kit/revise";
import { newLead } from "@shangji/core/leads/new-lead";
import { rulesFrom } from "@shangji/core/scoring/current-rules";
import { getLeadScore } from "@shangji/core/scoring/get-lead-score";
import { type RecomputeStep, recomputeScores } from "@shangji/core/scoring/recompute";
import { type RecordedBehaviour, recordBehaviour } from "@shangji/core/scoring/record-behaviour";
import { putScoringRules } from "@shangji/core/scoring/rule-set";
import { scoreLead } from "@shangji/core/scoring/score-lead";
import { type TestClock, testClock, testContext, testViewer } from "@shangji/testing/world";

const settings = { zone: "Asia/Shanghai" };
const hidden: ReadonlySet<string> = new Set();

/** What a function that scores leads has, of a process of its own. */
export function processOf(table: Table, clock: TestClock) {
  const ruleSets = scoringRuleSetsIn(table, clock);
  return {
    leads: leadsIn(table),
    teams: teamsIn(table, clock),
    ruleSets,
    recomputes: recomputesIn(table, clock),
    scores: scoresIn(table),
    rulesAt: rulesFrom(ruleSets, settings),
    clock,
    pause: async () => {},
  };
}

export type Process = ReturnType<typeof processOf>;

/** Fit for what is from the East, and engagement for pages that are seen. */
export const ruleSet = (points: { east?: number; page?: number; halfLifeDays?: number } = {}) => ({
  name: { en: "Leads" },
  groups: [
    {
      kind: "fit",
      id: "company",
      name: { en: "Company" },
      rules: [{ id: "east", when: { field: "region", eq: "East" }, points: points.east ?? 20 }],
    },
    {
      kind: "engagement",
      id: "web",
      name: { en: "Web" },
      rules: [
        { id: "page", eventType: "page_viewed", points: points.page ?? 8, halfLifeDays: points.halfLifeDays ?? 7 },
      ],
    },
  ],
});

/** An organisation that scores its leads. */
export async function scoringWorld(table: Table) {
  const clock = testClock();
  const context = testContext({ clock });
  const viewer = testViewer();
  const common = processOf(table, clock);
  const stamp = { context, command: "test" };
  let version = 0;
  let told = 0;
  return {
    table,
    clock,
    process: common,
    leads: common.leads,
    /** Puts rules, which hold everywhere half a minute later. Answers their version. */
    async rules(rules: object, waitMilliseconds = 31_000) {
      const deps = { ruleSets: scoringRuleSetsIn(table, clock), hidden, settings, context };
      const put = await putScoringRules({ rules: ScoringRuleSet.parse(rules), expectedVersion: version }, deps);
      version = put.version;
      clock.advance(waitMilliseconds);
      return version;
    },
    async addLead(fields: { region?: string; email?: string; ownerId?: string } = {}) {
      const lead = newLead({ name: "陈静", tags: [], ...fields }, stamp);
      await common.leads.create(lead);
      return lead;
    },
    async changeLead(id: string, patch: Record<string, unknown>) {
      const before = await common.scores.start(id);
      if (!before.lead) throw new Error("there is no such lead");
      await common.leads.update(before.lead, revise(before.lead, patch, stamp));
    },
    async removeLead(id: string) {
      const { lead } = await common.scores.start(id);
      if (!lead) throw new Error("there is no such lead");
      await common.leads.remove(lead, bury(lead, context, "test"));
    },
    event(fields: object) {
      told += 1;
      return NewBehaviourEvent.parse({
        source: "site",
        id: `e${told}`,
        type: "page_viewed",
        occurredAt: clock.now().toISOString(),
        ...fields,
      });
    },
    score: (leadId: string, given: Process = common) => scoreLead({ leadId }, given),
    tell(event: NewBehaviourEvent, given: Process = common, by: Viewer = viewer): Promise<RecordedBehaviour> {
      return recordBehaviour(event, { ...given, leads: guardRecords(given.leads, "lead", by), viewer: by, context });
    },
    recompute: (of: number, given: Process = common) => recomputeScores({ version: of }, given),
    /** As the job does it. */
    async recomputeAll(of: number, given: Process = common): Promise<number> {
      let records = 0;
      let step: RecomputeStep;
      do {
        step = await recomputeScores({ version: of }, given);
        records += step.records;
      } while (!step.done);
      return records;
    },
    async shown(id: string, reader: ReadonlySet<string> = hidden) {
      const { score } = await getLeadScore({ id }, { ...common, hidden: reader, clock });
      return score;
    },
  };
}

export type World = Awaited<ReturnType<typeof scoringWorld>>;
