import { tallyKey } from "@shangji/aws/dynamo/assignment/assignment-items";
import type { Table } from "@shangji/aws/dynamo/kit/client";
import { batchGet } from "@shangji/aws/dynamo/kit/unique-values";
import { leadsIn } from "@shangji/aws/dynamo/leads/leads";
import { usersIn } from "@shangji/aws/dynamo/people/users";
import { poolMovesIn } from "@shangji/aws/dynamo/pools/pool-moves";
import { pooledLeadsIn } from "@shangji/aws/dynamo/pools/pooled-leads";
import { poolsIn } from "@shangji/aws/dynamo/pools/pools";
import type { Lead } from "@shangji/contracts/leads/schemas";
import type { User } from "@shangji/contracts/people/schemas";
import { NewPool } from "@shangji/contracts/pools/schemas";
import type { IdempotencyClaim } from "@shangji/core/kit/idempotency";
import { newRecord } from "@shangji/core/kit/new-record";
import type { Stored } from "@shangji/core/kit/record";
import { revise } from "@shangji/core/kit/revise";
import { newLead } from "@shangji/core/leads/new-lead";
import { claimLead } from "@shangji/core/pools/claim-lead";
import { createPool } from "@shangji/core/pools/create-pool";
import { leadPooled } from "@shangji/core/pools/pooled-lead";
import { returnLead } from "@shangji/core/pools/return-lead";
import { testClock, testContext, testViewer } from "@shangji/testing/world";

/** An organisation with a pool and people who may claim from it. */
export async function poolWorld(table: Table, people: number, limits: Partial<NewPool> = {}) {
  const clock = testClock();
  const context = testContext({ clock });
  const stamp = { context, command: "test" };
  const leads = leadsIn(table);
  const users = usersIn(table, clock);
  const pools = poolsIn(table, clock);
  const userIds: string[] = [];
  for (let made = 0; made < people; made++) {
    const user = newRecord<User>("user", { name: "Lin", role: "rep", active: true }, stamp);
    await users.create(user);
    userIds.push(user.id);
  }
  users.forget();
  const input = NewPool.parse({ name: { en: "Sea" }, memberIds: userIds, ...limits });
  const pool = await createPool(input, { pools, users, teams: { all: async () => [] }, context });
  const depsOf = (userId: string, through = table, claim?: IdempotencyClaim) => ({
    pools,
    moves: poolMovesIn(through, clock),
    settings: { zone: "Asia/Shanghai" },
    viewer: testViewer({ userId, role: "rep" }),
    context: { ...testContext({ clock, userId, role: "rep" }), claim },
    pause: async () => {},
  });
  return {
    table,
    clock,
    context,
    leads,
    users,
    pool,
    userIds,
    pooled: pooledLeadsIn(table),
    async addPooled(): Promise<Stored<Lead>> {
      const lead = newLead({ name: "陈静", tags: [] }, { context, command: "test" });
      await leads.create(lead);
      const after = revise(lead, leadPooled(lead, { poolId: pool.id, at: clock.now().toISOString() }), stamp);
      await leads.update(lead, after);
      return after;
    },
    claim: (userId: string, leadId: string, { through = table, claim }: Through = {}) =>
      claimLead({ leadId, poolId: pool.id }, depsOf(userId, through, claim)),
    giveBack: (userId: string, leadId: string, { through = table, claim }: Through = {}) =>
      returnLead({ id: leadId, request: { poolId: pool.id, reason: "no_need" } }, depsOf(userId, through, claim)),
    state: (userId: string, leadId: string) =>
      poolMovesIn(table, clock).state({ leadId, poolId: pool.id, userId, day: "2026-11-02" }),
    async openOf(userId: string): Promise<number> {
      for await (const { open } of batchGet(table, [tallyKey(userId)], { consistent: true })) return Number(open);
      return 0;
    },
  };
}

interface Through {
  through?: Table;
  claim?: IdempotencyClaim | undefined;
}

export type PoolWorld = Awaited<ReturnType<typeof poolWorld>>;
