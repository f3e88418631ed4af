import { responsePolicySetsIn } from "@shangji/aws/dynamo/assignment/settings";
import type { Table } from "@shangji/aws/dynamo/kit/client";
import { teamsIn } from "@shangji/aws/dynamo/people/teams";
import { poolsIn } from "@shangji/aws/dynamo/pools/pools";
import { responseClocksIn } from "@shangji/aws/dynamo/response/clocks";
import { timelineIn } from "@shangji/aws/dynamo/timeline/timeline";
import { clockKind } from "@shangji/contracts/assignment/lead-response";
import { ResponsePolicies } from "@shangji/contracts/assignment/response-policies";
import type { Lead } from "@shangji/contracts/leads/schemas";
import type { Team } from "@shangji/contracts/people/schemas";
import type { Note } from "@shangji/contracts/timeline/schemas";
import { followLead } from "@shangji/core/assignment/response/follow-lead";
import { putResponsePolicies } from "@shangji/core/assignment/response/policy-set";
import { sweepClocks } from "@shangji/core/assignment/response/sweep-clocks";
import { newRecord } from "@shangji/core/kit/new-record";
import type { Stored } from "@shangji/core/kit/record";
import { bury, revise } from "@shangji/core/kit/revise";
import { type TestClock, testClock } from "@shangji/testing/world";
import { assignmentWorld, processOf } from "../assignment/world.ts";
import { recordedRows } from "../timers/recorded-rows.ts";
import { called, type Said } from "../timers/said.ts";

/** Friday, half past five in the afternoon in Shanghai. */
export const friday = "2026-11-06T09:30:00.000Z";

/** What the functions of response clocks have, of a process of their own. */
export function responseProcess(table: Table, clock: TestClock) {
  return {
    ...processOf(table, clock),
    clocks: responseClocksIn(table, clock),
    policySets: responsePolicySetsIn(table, clock),
    teams: teamsIn(table, clock),
    clock,
  };
}
export type ResponseProcess = ReturnType<typeof responseProcess>;

/** An organisation whose leads have to be answered. */
export async function responseWorld(given: Table, people: number, start = friday) {
  const rows = recordedRows(given, clockKind);
  const { table } = rows;
  const clock = testClock(new Date(Date.parse(start) - 3_600_000).toISOString());
  const it = await assignmentWorld(table, people, clock);
  const { context, leads } = it;
  const stamp = { context, command: "test" };
  const common = responseProcess(table, clock);
  const timeline = timelineIn(table);
  const contextOf = (cause: string) => ({
    ...context,
    actor: { userId: "system", role: "admin" as const },
    requestId: cause,
  });
  return {
    ...it,
    table,
    process: common,
    until(instant: string) {
      clock.advance(Date.parse(instant) - clock.now().getTime());
    },
    async policies(policies: object[]) {
      const deps = { ...common, pools: poolsIn(table, clock), context };
      const input = { policies: ResponsePolicies.parse({ policies }), expectedVersion: undefined };
      const set = await putResponsePolicies(input, deps);
      clock.advance(31_000);
      return set;
    },
    async addTeam(fields: Partial<Team>) {
      const team = newRecord<Team>("team", { name: "East", ...fields }, stamp);
      await teamsIn(table, clock).create(team);
      return team;
    },
    async change(lead: Stored<Lead>, patch: Record<string, unknown>) {
      const after = revise(lead, patch, stamp);
      await leads.update(lead, after);
      return after;
    },
    /** Whose the lead is by its present version is told, as the bus does it. */
    given: (lead: Stored<Lead>, process: ResponseProcess = common) =>
      followLead(
        {
          leadId: lead.id,
          assigned: { version: lead.version, at: lead.updatedAt, ownerId: lead.ownerId ?? "" },
        },
        { ...process, context: contextOf("evt_given") },
      ),
    moved: (leadId: string, process: ResponseProcess = common) =>
      followLead({ leadId }, { ...process, context: contextOf("evt_moved") }),
    /** A call, unless something else is said of it. */
    async note(leadId: string, authorId = it.userIds[0] ?? "", said: Said = called) {
      const note = newRecord<Note>("note", { recordId: leadId, text: "called", authorId, ...said }, stamp);
      await timeline.createNote(note, undefined);
      return note;
    },
    /** What is left of a note tells that it was written. */
    unwrite: (note: Stored<Note>) => timeline.removeNote(note, bury(note, context, "deleteNote")),
    sweep: (process: ResponseProcess = common) => sweepClocks({ ...process, context: contextOf("evt_minute") }),
    clockOf: async (leadId: string) => (await common.clocks.start(leadId)).clock,
    leadOf: async (leadId: string) => (await common.clocks.start(leadId)).lead,
    eventsOf: rows.eventsOf,
  };
}
export type ResponseWorld = Awaited<ReturnType<typeof responseWorld>>;

/** What follows the names of all these events. */
export const short = (types: readonly string[]) =>
  types.map((type) => type.slice("lead.response_".length, -".v1".length));
