import { accountShape, accountsIn } from "@shangji/aws/dynamo/accounts/accounts";
import { tallyKey } from "@shangji/aws/dynamo/assignment/assignment-items";
import type { Table } from "@shangji/aws/dynamo/kit/client";
import type { RecordShape } from "@shangji/aws/dynamo/kit/record-store";
import { batchGet } from "@shangji/aws/dynamo/kit/unique-values";
import { leadShape, leadsIn } from "@shangji/aws/dynamo/leads/leads";
import { usersIn } from "@shangji/aws/dynamo/people/users";
import { firstTouchesIn } from "@shangji/aws/dynamo/pools/first-touches";
import { poolFiguresIn } from "@shangji/aws/dynamo/pools/pool-figures";
import { poolMovesIn } from "@shangji/aws/dynamo/pools/pool-moves";
import { pooledRecordsIn } from "@shangji/aws/dynamo/pools/pooled-records";
import { poolsIn } from "@shangji/aws/dynamo/pools/pools";
import { timelineIn } from "@shangji/aws/dynamo/timeline/timeline";
import type { Account } from "@shangji/contracts/accounts/schemas";
import type { Lead } from "@shangji/contracts/leads/schemas";
import type { User } from "@shangji/contracts/people/schemas";
import { NewPool } from "@shangji/contracts/pools/schemas";
import type { Note } from "@shangji/contracts/timeline/schemas";
import type { IdempotencyClaim } from "@shangji/core/kit/idempotency";
import { newRecord } from "@shangji/core/kit/new-record";
import type { RecordStore, Stored } from "@shangji/core/kit/record";
import { revise } from "@shangji/core/kit/revise";
import { newLead } from "@shangji/core/leads/new-lead";
import { claimRecord } from "@shangji/core/pools/claim-record";
import { createPool } from "@shangji/core/pools/create-pool";
import { followClaim } from "@shangji/core/pools/follow-claim";
import { assignPooled, removePooled } from "@shangji/core/pools/give-pooled-record";
import { poolHealth } from "@shangji/core/pools/pool-health";
import { accountsInPools } from "@shangji/core/pools/pooled-account";
import type { Poolable, PooledKind } from "@shangji/core/pools/pooled-kind";
import { leadsInPools } from "@shangji/core/pools/pooled-lead";
import { returnRecord } from "@shangji/core/pools/return-record";
import { testClock, testContext, testViewer } from "@shangji/testing/world";
import { called, type Said } from "../timers/said.ts";

/** A kind of record that waits in pools, as these tests handle it. */
interface Handled<T> {
  kind: PooledKind<T>;
  shape: RecordShape<T>;
  recordsIn(table: Table): Pick<RecordStore<T>, "get" | "getMany" | "create" | "update">;
  made(stamp: { context: ReturnType<typeof testContext>; command: string }): Stored<T>;
}

const leads: Handled<Lead> = {
  kind: leadsInPools,
  shape: leadShape,
  recordsIn: leadsIn,
  made: (stamp) => newLead({ name: "陈静", tags: [] }, stamp),
};
const accounts: Handled<Account> = {
  kind: accountsInPools,
  shape: accountShape,
  recordsIn: accountsIn,
  made: (stamp) => newRecord<Account>("account", { name: "海天食品", tags: [] }, stamp),
};

/** What holds for each kind of record alike is tried with each. */
export const worlds = [
  ["leads", (table: Table, people: number, limits?: Partial<NewPool>) => worldOf(leads, table, { people, limits })],
  [
    "accounts",
    (table: Table, people: number, limits?: Partial<NewPool>) => worldOf(accounts, table, { people, limits }),
  ],
] as const;

export const accountPools = (table: Table, people: number, limits?: Partial<NewPool>) =>
  worldOf(accounts, table, { people, limits });
export const leadPools = (table: Table, people: number, limits?: Partial<NewPool>) =>
  worldOf(leads, table, { people, limits });

/** An organisation with a pool and people who may claim from it. */
async function worldOf<T extends Poolable>(
  { kind, shape, recordsIn, made }: Handled<T>,
  table: Table,
  { people, limits = {} }: { people: number; limits?: Partial<NewPool> | undefined },
) {
  const clock = testClock();
  const context = testContext({ clock });
  const stamp = { context, command: "test" };
  const records = recordsIn(table);
  const users = usersIn(table, clock);
  const pools = poolsIn(table, clock);
  const userIds: string[] = [];
  for (let count = 0; count < people; count++) {
    const user = newRecord<User>("user", { name: "Lin", role: "rep", active: true }, stamp);
    await users.create(user);
    userIds.push(user.id);
  }
  users.forget();
  const input = NewPool.parse({ name: { en: "Sea" }, entity: kind.entity, memberIds: userIds, ...limits });
  const pool = await createPool(input, { pools, users, teams: { all: async () => [] }, context });
  const movesIn = (through: Table) => poolMovesIn({ table: through, shape, clock }, kind);
  const depsOf = (userId: string, { through = table, claim }: Through) => ({
    kind,
    pools,
    moves: movesIn(through),
    settings: { zone: "Asia/Shanghai" },
    viewer: testViewer({ userId, role: "rep" }),
    context: { ...testContext({ clock, userId, role: "rep" }), claim },
    pause: async () => {},
  });
  const asAdmin = (through: Through) => ({ ...depsOf("usr_admin", through), viewer: testViewer({ role: "admin" }) });
  return {
    table,
    clock,
    context,
    entity: kind.entity,
    records,
    users,
    pools,
    pool,
    userIds,
    pooled: pooledRecordsIn(table, records, kind),
    figures: poolFiguresIn(table),
    async addPooled(): Promise<Stored<T>> {
      const record = made(stamp);
      await records.create(record);
      const entry = { poolId: pool.id, at: clock.now().toISOString() };
      const after = revise(record, kind.pooled(record, entry), stamp);
      await records.update(record, after);
      return after;
    },
    claim: (userId: string, id: string, through: Through = {}) =>
      claimRecord({ id, poolId: pool.id }, depsOf(userId, through)),
    giveBack: (userId: string, id: string, through: Through = {}) =>
      returnRecord({ id, request: { poolId: pool.id, reason: "no_need" } }, depsOf(userId, through)),
    assign: (ownerId: string, id: string, through: Through = {}) =>
      assignPooled({ id, poolId: pool.id, ownerId }, asAdmin(through)),
    remove: (ownerId: string | undefined, id: string, through: Through = {}) =>
      removePooled({ id, poolId: pool.id, ownerId }, asAdmin(through)),
    state: (userId: string, id: string) => movesIn(table).state({ id, poolId: pool.id, userId, day: "2026-11-02" }),
    async passOn(id: string, ownerId: string) {
      const before = await records.get(id);
      if (before) await records.update(before, revise(before, { ownerId }, stamp));
    },
    /** A call, unless something else is said of it. */
    async note(authorId: string, recordId: string, said: Said = called) {
      const note = newRecord<Note>("note", { recordId, text: "called", authorId, ...said }, stamp);
      await timelineIn(table).createNote(note, undefined);
    },
    followed: (id: string, through = table) =>
      followClaim(id, { touches: firstTouchesIn(through, clock), pause: async () => {} }),
    async firstTouch() {
      const viewer = testViewer({ role: "admin" });
      const settings = { zone: "Asia/Shanghai" };
      const figures = poolFiguresIn(table);
      return (await poolHealth({ id: pool.id }, { pools, figures, settings, viewer, clock })).firstTouch;
    },
    async openOf(userId: string): Promise<number> {
      for await (const { open } of batchGet(table, [tallyKey(userId, kind.entity)], { consistent: true }))
        return Number(open);
      return 0;
    },
  };
}

interface Through {
  through?: Table;
  claim?: IdempotencyClaim | undefined;
}

export type PoolWorld = Awaited<ReturnType<(typeof worlds)[number][1]>>;
