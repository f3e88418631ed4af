import { accountsIn } from "@shangji/aws/dynamo/accounts/accounts";
import { accountOwnersIn } from "@shangji/aws/dynamo/assignment/account-owners";
import { tallyKey } from "@shangji/aws/dynamo/assignment/assignment-items";
import { assignmentPause } from "@shangji/aws/dynamo/assignment/assignment-pause";
import { assignmentsIn } from "@shangji/aws/dynamo/assignment/assignments";
import { assignmentRuleSetsIn, calendarsIn } from "@shangji/aws/dynamo/assignment/settings";
import type { Table } from "@shangji/aws/dynamo/kit/client";
import { batchGet } from "@shangji/aws/dynamo/kit/unique-values";
import { leadsIn } from "@shangji/aws/dynamo/leads/leads";
import { teamsIn } from "@shangji/aws/dynamo/people/teams";
import { usersIn } from "@shangji/aws/dynamo/people/users";
import { poolsIn } from "@shangji/aws/dynamo/pools/pools";
import type { Account } from "@shangji/contracts/accounts/schemas";
import { AssignmentRules } from "@shangji/contracts/assignment/schemas";
import type { Lead } from "@shangji/contracts/leads/schemas";
import type { User } from "@shangji/contracts/people/schemas";
import { NewPool, type Pool } from "@shangji/contracts/pools/schemas";
import { AssignmentBusy, type AssignOutcome, assignLead } from "@shangji/core/assignment/assign-lead";
import { putAssignmentRules } from "@shangji/core/assignment/rule-set";
import { newRecord } from "@shangji/core/kit/new-record";
import type { Stored } from "@shangji/core/kit/record";
import { bury } from "@shangji/core/kit/revise";
import { newLead } from "@shangji/core/leads/new-lead";
import { createPool } from "@shangji/core/pools/create-pool";
import { type TestClock, testClock, testContext } from "@shangji/testing/world";

const settings = { zone: "Asia/Shanghai" };

/** Monday, half past four in the afternoon in Shanghai. */
const monday = "2026-11-02T08:30:00.000Z";

/** What the function that assigns leads has, of a process of its own. */
export function processOf(table: Table, clock: TestClock) {
  return {
    assignments: assignmentsIn(table, clock),
    accountOwners: accountOwnersIn(table),
    ruleSets: assignmentRuleSetsIn(table, clock),
    calendars: calendarsIn(table, clock),
    users: usersIn(table, clock),
    pools: poolsIn(table, clock),
    settings,
    pause: assignmentPause(),
  };
}

export type Process = ReturnType<typeof processOf>;

/** An organisation with people who may be given leads. */
export async function assignmentWorld(table: Table, people: number, clock = testClock(monday)) {
  const context = testContext({ clock });
  const stamp = { context, command: "test" };
  const leads = leadsIn(table);
  const users = usersIn(table, clock);
  const addUser = async (fields: Partial<User> = {}) => {
    const user = newRecord<User>("user", { name: "Lin", role: "rep", active: true, ...fields }, stamp);
    await users.create(user);
    return user;
  };
  const userIds: string[] = [];
  for (let made = 0; made < people; made++) userIds.push((await addUser()).id);
  const common = processOf(table, clock);
  return {
    table,
    clock,
    context,
    leads,
    users,
    userIds,
    addUser,
    process: common,
    async rules(rules: object[], guards: object = {}) {
      const deps = { ...common, users, teams: teamsIn(table, clock), pools: poolsIn(table, clock), context };
      await putAssignmentRules({ rules: AssignmentRules.parse({ rules, guards }), expectedVersion: undefined }, deps);
      clock.advance(31_000);
    },
    async addPool(fields: Partial<NewPool> = {}) {
      const input = NewPool.parse({ name: { en: "Sea" }, ...fields });
      return createPool(input, { pools: poolsIn(table, clock), users, teams: teamsIn(table, clock), context });
    },
    removePool: (pool: Stored<Pool>) => poolsIn(table, clock).remove(pool, bury(pool, context, "test")),
    async addAccount(name: string, fields: Pick<Partial<Account>, "ownerId"> = {}) {
      const account = newRecord<Account>("account", { name, tags: [], ...fields }, stamp);
      await accountsIn(table).create(account);
      return account;
    },
    async addLead(fields: Pick<Partial<Lead>, "region" | "company"> & { ownerId?: string } = {}) {
      const lead = newLead({ name: "陈静", tags: [], ...fields }, { context, command: "test" });
      await leads.create(lead);
      return lead;
    },
    /** As the workflow does it: a busy step is tried again. */
    async assign(leadId: string, given: Process = common, cause = `evt_${leadId}`): Promise<AssignOutcome> {
      for (;;) {
        try {
          return await assignLead({ leadId }, { ...given, context: { ...context, requestId: cause } });
        } catch (error) {
          if (!(error instanceof AssignmentBusy)) throw error;
        }
      }
    },
    async tallies() {
      const found = new Map<string, Record<string, unknown>>();
      const keys = (await users.all()).map(({ id }) => tallyKey(id));
      for await (const { pk, sk: _, revision: __, ...tally } of batchGet(table, keys, { consistent: true }))
        found.set(String(pk).slice(tallyKey("").pk.length), tally);
      return found;
    },
  };
}

export type World = Awaited<ReturnType<typeof assignmentWorld>>;

/** Runs all, so many at once. */
export async function atOnce<T>(items: readonly T[], limit: number, run: (item: T) => Promise<void>): Promise<void> {
  const left = [...items];
  const worker = async () => {
    for (let next = left.shift(); next !== undefined; next = left.shift()) await run(next);
  };
  await Promise.all(Array.from({ length: limit }, worker));
}
