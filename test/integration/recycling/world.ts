import { createHash } from "node:crypto";
import { accountShape, accountsIn } from "@shangji/aws/dynamo/accounts/accounts";
import { tallyKey } from "@shangji/aws/dynamo/assignment/assignment-items";
import type { Table } from "@shangji/aws/dynamo/kit/client";
import type { RecordShape } from "@shangji/aws/dynamo/kit/record-store";
import { batchGet } from "@shangji/aws/dynamo/kit/unique-values";
import { leadShape, leadsIn } from "@shangji/aws/dynamo/leads/leads";
import { opportunitiesIn } from "@shangji/aws/dynamo/opportunities/opportunities";
import { teamsIn } from "@shangji/aws/dynamo/people/teams";
import { poolMovesIn } from "@shangji/aws/dynamo/pools/pool-moves";
import { poolsIn } from "@shangji/aws/dynamo/pools/pools";
import { recyclingTimersIn } from "@shangji/aws/dynamo/recycling/countdowns";
import { recycledIn } from "@shangji/aws/dynamo/recycling/recycled";
import { timelineIn } from "@shangji/aws/dynamo/timeline/timeline";
import { replanProgressesIn } from "@shangji/aws/dynamo/timers/replan-progress";
import type { Account } from "@shangji/contracts/accounts/schemas";
import type { Lead } from "@shangji/contracts/leads/schemas";
import type { Opportunity } from "@shangji/contracts/opportunities/schemas";
import type { PoolEntity } from "@shangji/contracts/pools/schemas";
import { countdownKinds } from "@shangji/contracts/recycling/countdown";
import { RecyclingRules } from "@shangji/contracts/recycling/rules";
import { sampleOpportunity } from "@shangji/contracts/samples/records";
import type { Note } from "@shangji/contracts/timeline/schemas";
import { newRecord } from "@shangji/core/kit/new-record";
import type { LaneStore, RecordStore, Stored } from "@shangji/core/kit/record";
import { revise } from "@shangji/core/kit/revise";
import { claimRecord } from "@shangji/core/pools/claim-record";
import type { PooledKind } from "@shangji/core/pools/pooled-kind";
import { followForRecycling } from "@shangji/core/recycling/plan-countdown";
import type { Recyclable, RecycledRecords } from "@shangji/core/recycling/recycled-kind";
import { replanCountdowns } from "@shangji/core/recycling/replan-countdowns";
import { putRecyclingRules } from "@shangji/core/recycling/rule-set";
import { sweepCountdowns } from "@shangji/core/recycling/sweep-countdowns";
import { deriveEntries } from "@shangji/core/timeline/derive-entries";
import { type TestClock, testContext, testViewer } from "@shangji/testing/world";
import { assignmentWorld, processOf, type World } from "../assignment/world.ts";
import { recordedRows } from "../timers/recorded-rows.ts";
import { called, type Said } from "../timers/said.ts";

/** What the functions of countdowns have, of a process of their own. */
export function recyclingProcess(table: Table, clock: TestClock) {
  return {
    ...processOf(table, clock),
    recycled: recycledIn(table, clock),
    timers: recyclingTimersIn(table),
    teams: teamsIn(table, clock),
    progresses: replanProgressesIn(table, clock),
    clock,
    pause: async () => {},
  };
}
export type RecyclingProcess = ReturnType<typeof recyclingProcess>;

export const day = 86_400_000;

interface Kinds {
  lead: Lead;
  account: Account;
}

/** Records of a kind, as its functions have them. */
interface Side<T> {
  shape: RecordShape<T>;
  store: RecordStore<T> & LaneStore<T>;
  add(fields?: { ownerId?: string }): Promise<Stored<T>>;
  /** A patch after which nothing of the record is counted. */
  end: Record<string, unknown>;
}

/** An organisation, a new one if none is given, with a pool, whose people claim leads, or accounts, from it and may lose them again. */
export async function recyclingWorld<E extends PoolEntity = "lead">(
  given: Table,
  people: number,
  entity?: E,
  organisation?: Omit<World, "rules">,
) {
  type T = Kinds[E] & Recyclable;
  const of: PoolEntity = entity ?? "lead";
  const rows = recordedRows(given, countdownKinds[of]);
  const { table } = rows;
  const it = organisation ?? (await assignmentWorld(table, people));
  const { clock, context } = it;
  const stamp = { context, command: "test" };
  const sides = {
    lead: { shape: leadShape, store: leadsIn(table), add: it.addLead, end: { status: "disqualified" } },
    account: {
      shape: accountShape,
      store: accountsIn(table),
      add: (fields?: { ownerId?: string }) => it.addAccount("Acme", fields),
      end: { ownerId: null },
    },
  };
  const { shape, store, add, end } = sides[of] as unknown as Side<T>;
  const common = recyclingProcess(table, clock);
  const recycledBy = ({ recycled }: RecyclingProcess) => recycled[of] as unknown as RecycledRecords<T>;
  const { kind, countdowns } = recycledBy(common);
  const pooling = kind.pooling as PooledKind<T>;
  const timeline = timelineIn(table);
  const pool = await it.addPool({
    entity: of,
    ...{ memberIds: it.userIds, waitDaysForPreviousOwner: 5, maskContactBeforeClaim: false },
  });
  it.users.forget();
  const contextOf = (cause: string) => ({
    ...context,
    actor: { userId: "system", role: "admin" as const },
    requestId: cause,
  });
  /** What the publisher puts on the timeline of a record. */
  async function happened(after: Stored<T>, before?: Stored<T>) {
    const digest = (text: string) => createHash("sha256").update(text).digest();
    await timeline.append(deriveEntries({ kind: of, before, after } as never, digest)); // records are as the store holds them
  }
  async function change(record: Stored<T>, patch: Record<string, unknown>): Promise<Stored<T>> {
    const after = revise(record as never, patch, stamp) as Stored<T>; // a patch keeps the kind
    await store.update(record, after);
    await happened(after, record);
    return after;
  }
  async function addPooled() {
    const record = await add();
    await happened(record);
    return change(record, pooling.pooled(record, { poolId: pool.id, at: clock.now().toISOString() }));
  }
  async function claim(id: string, userId = it.userIds[0] ?? "", from = pool.id) {
    const before = await store.get(id);
    const after = await claimRecord<T>(
      { id, poolId: from },
      {
        pools: poolsIn(table, clock),
        kind: pooling,
        moves: poolMovesIn({ table, shape, clock }, pooling),
        settings: { zone: "Asia/Shanghai" },
        viewer: testViewer({ userId, role: "rep" }),
        context: testContext({ clock, userId, role: "rep" }),
        pause: async () => {},
      },
    );
    await happened(after, before);
    return after;
  }
  const opportunities = opportunitiesIn(table);
  return {
    ...it,
    table,
    pool,
    add,
    end,
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
      const deps = { ...common, ...recycledBy(common), pools: poolsIn(table, clock), context };
      const set = await putRecyclingRules(input, deps);
      clock.advance(31_000);
      return set;
    },
    /** A record that the first person has just claimed, followed as the bus does it. */
    async claimed(process: RecyclingProcess = common) {
      const record = await claim((await addPooled()).id);
      await followForRecycling<T>(record.id, { ...process, ...recycledBy(process), context: contextOf("evt_given") });
      return record;
    },
    addPooled,
    follow: (id: string, process: RecyclingProcess = common) =>
      followForRecycling<T>(id, { ...process, ...recycledBy(process), context: contextOf("evt_followed") }),
    /** A call, unless something else is said of it. */
    async note(recordId: string, authorId = it.userIds[0] ?? "", said: Said = called) {
      const note = newRecord<Note>("note", { recordId, text: "called", authorId, ...said }, stamp);
      await timeline.createNote(note, undefined);
      return note;
    },
    /** An opportunity of an account, which is open if nothing else is said. */
    async addDeal(accountId: string, fields: Partial<Opportunity> = {}) {
      const { id: _, createdAt: __, updatedAt: ___, version: ____, openedAt: _____, ...sample } = sampleOpportunity;
      const deal = newRecord<Opportunity>("opportunity", { ...sample, accountId, ...fields }, stamp);
      await opportunities.create(deal);
      return deal;
    },
    async changeDeal(deal: Stored<Opportunity>, patch: Record<string, unknown>) {
      const after = revise(deal, patch, stamp);
      await opportunities.update(deal, after);
      return after;
    },
    closeDeal(deal: Stored<Opportunity>, status = "lost") {
      return this.changeDeal(deal, { status, closedAt: clock.now().toISOString() });
    },
    sweep: (process: RecyclingProcess = common) => sweepCountdowns({ ...process, context: contextOf("evt_minute") }),
    /** As the state machine does it; answers how many countdowns have changed. */
    async replan(cause: string, process: RecyclingProcess = recyclingProcess(table, clock)): Promise<number> {
      let changed = 0;
      for (;;) {
        const deps = { ...process, ...recycledBy(process), records: store, context: contextOf(cause) };
        const chunk = await replanCountdowns<T>(deps);
        changed += chunk.records;
        if (chunk.done) return changed;
        clock.advance((chunk.waitSeconds ?? 0) * 1000);
      }
    },
    startOf: (id: string) => countdowns.start(id),
    countdownOf: async (id: string) => (await countdowns.start(id)).countdown,
    recordOf: async (id: string) => (await countdowns.start(id)).record,
    async openOf(userId = it.userIds[0] ?? "") {
      let open = 0;
      const keys = [tallyKey(userId, of)];
      for await (const tally of batchGet(table, keys, { consistent: true })) open = Number(tally.open);
      return open;
    },
    /** Versions of all writes of a record's countdown so far. */
    versionsOf: rows.versionsOf,
    eventsOf: (id: string) => rows.eventsOf(id).map((type) => type.slice(`${of}.`.length, -".v1".length)),
  };
}
export type RecyclingWorld<E extends PoolEntity = "lead"> = Awaited<ReturnType<typeof recyclingWorld<E>>>;
