import { createHash } from "node:crypto";
import { recyclingRuleSetsIn } from "@shangji/aws/dynamo/assignment/settings";
import type { Table } from "@shangji/aws/dynamo/kit/client";
import { leadShape } from "@shangji/aws/dynamo/leads/leads";
import { teamsIn } from "@shangji/aws/dynamo/people/teams";
import { poolMovesIn } from "@shangji/aws/dynamo/pools/pool-moves";
import { poolsIn } from "@shangji/aws/dynamo/pools/pools";
import { countdownsIn } from "@shangji/aws/dynamo/recycling/countdowns";
import { timelineIn } from "@shangji/aws/dynamo/timeline/timeline";
import { replanProgressesIn } from "@shangji/aws/dynamo/timers/replan-progress";
import type { Lead } from "@shangji/contracts/leads/schemas";
import { countdownKind } from "@shangji/contracts/recycling/lead-recycling";
import { RecyclingRules } from "@shangji/contracts/recycling/rules";
import type { Note } from "@shangji/contracts/timeline/schemas";
import { newRecord } from "@shangji/core/kit/new-record";
import type { Stored } from "@shangji/core/kit/record";
import { revise } from "@shangji/core/kit/revise";
import { claimRecord } from "@shangji/core/pools/claim-record";
import { leadPooled, leadsInPools } from "@shangji/core/pools/pooled-lead";
import { followLeadForRecycling } from "@shangji/core/recycling/plan-countdown";
import { replanCountdowns } from "@shangji/core/recycling/replan-countdowns";
import { putRecyclingRules } from "@shangji/core/recycling/rule-set";
import { sweepCountdowns } from "@shangji/core/recycling/sweep-countdowns";
import { deriveEntries } from "@shangji/core/timeline/derive-entries";
import { type TestClock, testContext, testViewer } from "@shangji/testing/world";
import { assignmentWorld, processOf } from "../assignment/world.ts";
import { recordedRows } from "../timers/recorded-rows.ts";
import { called, type Said } from "../timers/said.ts";

/** What the functions of countdowns have, of a process of their own. */
export function recyclingProcess(table: Table, clock: TestClock) {
  return {
    ...processOf(table, clock),
    countdowns: countdownsIn(table, clock),
    recyclingRules: recyclingRuleSetsIn(table, clock),
    teams: teamsIn(table, clock),
    progresses: replanProgressesIn(table, clock),
    clock,
    pause: async () => {},
  };
}
export type RecyclingProcess = ReturnType<typeof recyclingProcess>;

export const day = 86_400_000;

/** An organisation with a pool, whose people claim leads from it and may lose them again. */
export async function recyclingWorld(given: Table, people: number) {
  const rows = recordedRows(given, countdownKind);
  const { table } = rows;
  const it = await assignmentWorld(table, people);
  const { clock, context, leads } = it;
  const stamp = { context, command: "test" };
  const common = recyclingProcess(table, clock);
  const timeline = timelineIn(table);
  const pool = await it.addPool({ memberIds: it.userIds, waitDaysForPreviousOwner: 5, maskContactBeforeClaim: false });
  it.users.forget();
  const contextOf = (cause: string) => ({
    ...context,
    actor: { userId: "system", role: "admin" as const },
    requestId: cause,
  });
  /** What the publisher puts on the timeline of a lead. */
  async function happened(after: Stored<Lead>, before?: Stored<Lead>) {
    const digest = (text: string) => createHash("sha256").update(text).digest();
    await timeline.append(deriveEntries({ kind: "lead", before, after } as never, digest)); // leads are records as the store holds them
  }
  async function change(lead: Stored<Lead>, patch: Record<string, unknown>) {
    const after = revise(lead, patch, stamp);
    await leads.update(lead, after);
    await happened(after, lead);
    return after;
  }
  async function addPooled() {
    const lead = await it.addLead();
    await happened(lead);
    return change(lead, leadPooled(lead, { poolId: pool.id, at: clock.now().toISOString() }));
  }
  async function claim(leadId: string, userId = it.userIds[0] ?? "", from = pool.id) {
    const before = await leads.get(leadId);
    const after = await claimRecord(
      { id: leadId, poolId: from },
      {
        pools: poolsIn(table, clock),
        kind: leadsInPools,
        moves: poolMovesIn({ table, shape: leadShape, clock }, leadsInPools),
        settings: { zone: "Asia/Shanghai" },
        viewer: testViewer({ userId, role: "rep" }),
        context: testContext({ clock, userId, role: "rep" }),
        pause: async () => {},
      },
    );
    await happened(after, before);
    return after;
  }
  return {
    ...it,
    table,
    pool,
    process: common,
    pass: (days: number) => clock.advance(days * day),
    happened,
    change,
    claim,
    async rules(rules: object[]) {
      const input = {
        rules: RecyclingRules.parse({ rules: rules.map((rule) => ({ id: "all", poolId: pool.id, ...rule })) }),
        expectedVersion: undefined,
      };
      const set = await putRecyclingRules(input, { ...common, pools: poolsIn(table, clock), context });
      clock.advance(31_000);
      return set;
    },
    /** A lead that the first person has just claimed, followed as the bus does it. */
    async claimed(process: RecyclingProcess = common) {
      const lead = await claim((await addPooled()).id);
      await followLeadForRecycling({ leadId: lead.id }, { ...process, context: contextOf("evt_given") });
      return lead;
    },
    addPooled,
    follow: (leadId: string, process: RecyclingProcess = common) =>
      followLeadForRecycling({ leadId }, { ...process, context: contextOf("evt_followed") }),
    /** A call, unless something else is said of it. */
    async note(leadId: string, authorId = it.userIds[0] ?? "", said: Said = called) {
      const note = newRecord<Note>("note", { recordId: leadId, text: "called", authorId, ...said }, stamp);
      await timeline.createNote(note, undefined);
      return note;
    },
    sweep: (process: RecyclingProcess = common) => sweepCountdowns({ ...process, context: contextOf("evt_minute") }),
    /** As the state machine does it; answers how many countdowns have changed. */
    async replan(cause: string, process: RecyclingProcess = recyclingProcess(table, clock)): Promise<number> {
      let records = 0;
      for (;;) {
        const chunk = await replanCountdowns({ ...process, leads, context: contextOf(cause) });
        records += chunk.records;
        if (chunk.done) return records;
        clock.advance((chunk.waitSeconds ?? 0) * 1000);
      }
    },
    countdownOf: async (leadId: string) => (await common.countdowns.start(leadId)).countdown,
    leadOf: async (leadId: string) => (await common.countdowns.start(leadId)).lead,
    openOf: async (userId = it.userIds[0] ?? "") => Number((await it.tallies()).get(userId)?.open ?? 0),
    /** Versions of all writes of a lead's countdown so far. */
    versionsOf: rows.versionsOf,
    eventsOf: (leadId: string) => rows.eventsOf(leadId).map((type) => type.slice("lead.".length, -".v1".length)),
  };
}
export type RecyclingWorld = Awaited<ReturnType<typeof recyclingWorld>>;
