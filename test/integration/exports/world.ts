import { accountsIn } from "@shangji/aws/dynamo/accounts/accounts";
import type { Table } from "@shangji/aws/dynamo/kit/client";
import { teamsIn } from "@shangji/aws/dynamo/people/teams";
import { usersIn } from "@shangji/aws/dynamo/people/users";
import { openExports } from "@shangji/aws/exports/open-exports";
import type { Account } from "@shangji/contracts/accounts/schemas";
import type { NewExport } from "@shangji/contracts/exports/schemas";
import type { Team, User } from "@shangji/contracts/people/schemas";
import { viewerOf } from "@shangji/core/access/viewer-of";
import { createExport } from "@shangji/core/exports/create-export";
import type { ExportFiles, ExportRecord } from "@shangji/core/exports/ports";
import { type RunExportDeps, runExport } from "@shangji/core/exports/run-export";
import type { Actor } from "@shangji/core/kit/actor";
import { newRecord } from "@shangji/core/kit/new-record";
import type { Stored } from "@shangji/core/kit/record";
import { revise } from "@shangji/core/kit/revise";
import type { DynamoDb } from "@shangji/testing/dynamodb";
import { memoryExportFiles } from "@shangji/testing/exports/memory-export-files";
import { testClock, testContext } from "@shangji/testing/world";

/** Chunks of a few records, so that an export has many. */
const limits = { chunkRows: 4, pageRows: 2 };

/** A rep in a team, who has accounts, on a table of its own; the job of exports with its files in memory. */
export async function exportWorld(db: DynamoDb, { accounts = 9 }: { accounts?: number } = {}) {
  const table = await db.createTable();
  const clock = testClock();
  const files = memoryExportFiles();
  const context = { ...testContext({ clock, userId: "usr_TEST" }), source: "workflow" as const };
  const stamp = { context, command: "test" };
  const users = usersIn(table, clock);
  const teams = teamsIn(table, clock);
  const owned = accountsIn(table);
  let runs = 0;

  /** A worker that remembers nothing, reaching table and files through what is given. */
  const worker = (through: { client?: Table["client"]; files?: ExportFiles } = {}): RunExportDeps => ({
    ...openExports({
      table: { ...table, client: through.client ?? table.client },
      files: through.files ?? files,
      clock,
      settings: { zone: "UTC", baseCurrency: "CNY" },
      nonce: () => `run-${++runs}`,
    }),
    context,
    limits,
  });

  const team = newRecord<Team>("team", { name: "East" }, stamp);
  await teams.create(team);
  const rep = newRecord<User>("user", { name: "Lin", role: "rep", active: true, teamId: team.id }, stamp);
  await users.create(rep);
  const add = async (fields: Partial<Account> = {}) => {
    clock.advance(1000);
    const own = { name: "Acme", tags: [], ownerId: rep.id, teamId: team.id };
    const account = newRecord<Account>("account", { ...own, ...fields }, stamp);
    await owned.create(account);
    return account;
  };
  const made: Stored<Account>[] = [];
  for (let index = 0; index < accounts; index++) made.push(await add({ name: `Acme ${index}` }));

  async function order(input: Partial<NewExport> = {}, actor: Actor = actorOf(rep)): Promise<ExportRecord> {
    const deps = worker();
    const viewer = await viewerOf(actor, deps.viewers);
    const { exports, zone } = deps;
    return createExport(
      { entity: "account", format: "ndjson", ...input },
      {
        exports,
        zone,
        viewer,
        views: { get: async () => undefined },
        context: { ...context, actor, source: "api" },
        language: "en",
      },
    );
  }
  /** Works until the job is done, each chunk by a worker of its own, and moves the clock when there is nothing to do. */
  async function work(
    id: string,
    { open = () => worker(), between = async () => undefined as unknown }: Partial<Working> = {},
  ): Promise<void> {
    for (let steps = 0; steps < 500; steps++) {
      const { done, waitSeconds = 0 } = await runExport({ id }, open());
      if (done) return;
      clock.advance(waitSeconds * 1000);
      await between(steps);
    }
    throw new Error("the job does not end");
  }
  return {
    table,
    clock,
    files,
    context,
    stamp,
    worker,
    team,
    rep,
    made,
    add,
    order,
    work,
    read: (id: string) => worker().exports.get(id),
    /** Ids in a finished file of NDJSON, in their order. */
    async idsOf(id: string): Promise<string[]> {
      const lines = (files.text({ id, format: "ndjson" }) ?? "").split("\n").slice(0, -1);
      return lines.map((line) => JSON.parse(line).id);
    },
    async changeUser(fields: Partial<User>) {
      const before = await users.get(rep.id);
      if (before) await users.update(before, revise(before, fields, stamp));
    },
    async change(id: string, fields: Partial<Account>) {
      const before = await owned.get(id);
      if (before) await owned.update(before, revise(before, fields, stamp));
    },
    async addTeam(fields: Partial<Team>) {
      const other = newRecord<Team>("team", { name: "West", ...fields }, stamp);
      await teams.create(other);
      return other;
    },
  };
}

interface Working {
  open(): RunExportDeps;
  between(step: number): Promise<unknown>;
}

function actorOf({ id, role, teamId }: User): Actor {
  return { userId: id, role, ...(teamId === undefined ? {} : { teamId }) };
}
