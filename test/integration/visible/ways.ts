import { randomUUID } from "node:crypto";
import { openExports } from "@shangji/aws/exports/open-exports";
import { viewerOf } from "@shangji/core/access/viewer-of";
import { createExport } from "@shangji/core/exports/create-export";
import { runExport } from "@shangji/core/exports/run-export";
import type { Actor } from "@shangji/core/kit/actor";
import type { ListPosition, Page } from "@shangji/core/kit/record";
import { env } from "@shangji/lambda/env";
import type { DynamoDb } from "@shangji/testing/dynamodb";
import { memoryExportFiles } from "@shangji/testing/exports/memory-export-files";
import { testClock, testContext } from "@shangji/testing/world";
import { vi } from "vitest";
import { pipeline, type Tables, word } from "./world.ts";

/** The functions behind the routes, wired as they are deployed, to tables that nobody has asked for anything yet. */
export async function functionsOn(
  { table, searchTable, totalsTable }: Tables,
  { endpoint, accessKeyId }: Pick<DynamoDb, "endpoint" | "accessKeyId">,
) {
  const variables = {
    AWS_REGION: "local",
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: "local",
    AWS_ENDPOINT_URL_DYNAMODB: endpoint,
    [env.tableName]: table.name,
    [env.searchTableName]: searchTable.name,
    [env.totalsTableName]: totalsTable.name,
    [env.orgZone]: "UTC",
    [env.baseCurrency]: "CNY",
    [env.customer]: "local",
    [env.defaultLocale]: "en",
    [env.phoneCountry]: "CN",
  };
  for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value);
  const clock = testClock();
  // What a function remembers of one table is nothing for the next one.
  vi.resetModules();
  const [opportunities, search, pipelines, analytics] = await Promise.all([
    import("../../../functions/opportunities/wiring.ts"),
    import("../../../functions/search/wiring.ts"),
    import("../../../functions/pipelines/wiring.ts"),
    import("../../../functions/analytics/wiring.ts"),
  ]);
  const [{ listRecords }, { searchRecords }, { readBoard }, { directoryPorts }, { readFunnel }, { readKpis }] =
    await Promise.all([
      import("@shangji/core/lists/list-records"),
      import("@shangji/core/search/search-records"),
      import("@shangji/core/pipelines/read-board"),
      import("@shangji/core/analytics/labels"),
      import("@shangji/core/analytics/read-funnel"),
      import("@shangji/core/analytics/read-kpis"),
    ]);

  type Period = { from?: string; to?: string };
  type Grouping = Parameters<typeof readKpis>[0]["groupBy"];
  const board = async (actor: Actor) => {
    const viewer = await viewerOf(actor, pipelines.http.viewers);
    const deps = pipelines.boardDeps(viewer);
    return readBoard({ pipelineId: pipeline.id, limit: 100 }, { ...deps, ...directoryPorts(deps, "en", viewer) });
  };
  const listed = (sort: string) => async (actor: Actor) => {
    const deps = opportunities.listDepsFor(await viewerOf(actor, opportunities.http.viewers));
    return idsOf((after) => listRecords({ query: { sort, limit: 8 }, after }, deps));
  };
  const found = async (actor: Actor) => {
    const deps = search.depsFor(await viewerOf(actor, search.http.viewers));
    const query = { q: word, entity: ["opportunity" as const], limit: 8 };
    return idsOf((after) => searchRecords({ query, after }, deps));
  };
  const exported = async (actor: Actor) => {
    // Contexts of one instant make the same ids.
    clock.advance(1);
    const files = memoryExportFiles();
    const store = openExports({
      table,
      files,
      clock,
      settings: { zone: "UTC", baseCurrency: "CNY" },
      nonce: randomUUID,
    });
    // Nobody is stored in these worlds; the job looks up who has asked.
    const users = { ...store.users, get: async () => ({ ...actor, id: actor.userId, active: true }) as never };
    const deps = { ...store, users, context: testContext({ ...actor, clock }), settleSeconds: 0 };
    const viewer = await viewerOf(actor, deps.viewers);
    const order = await createExport(
      { entity: "opportunity", format: "ndjson" },
      { ...deps, views: { get: async () => undefined }, viewer, language: "en" },
    );
    for (let isDone = false; !isDone; ) isDone = (await runExport({ id: order.id }, deps)).done;
    const lines = (files.text(order) ?? "").split("\n").slice(0, -1);
    return lines.map((line) => (JSON.parse(line) as { id: string }).id); // a record a line
  };
  const ports = async (actor: Actor) => analytics.portsFor("en", await viewerOf(actor, analytics.http.viewers));
  return {
    /** Each way of being shown deals. Whatever else gives deals to its caller is one more line here. */
    shown: {
      "listed by last change": listed("-updatedAt"),
      "listed by amount": listed("-amountMinor"),
      "found by a word": found,
      exported,
      "on the board": async (actor: Actor) =>
        (await board(actor)).stages.flatMap(({ opportunities: items }) => items.map(({ id }) => id)),
    } satisfies Record<string, (actor: Actor) => Promise<string[]>>,
    board,
    funnel: async (actor: Actor, query: Period & { groupBy: Grouping }) =>
      readFunnel({ ...query, pipelineId: pipeline.id }, await ports(actor)),
    kpis: async (actor: Actor, query: Period & { groupBy: Grouping }) => readKpis(query, await ports(actor)),
  };
}

/** The ids on all pages; each place goes through JSON, as it does in a cursor. */
async function idsOf(read: (after: ListPosition | undefined) => Promise<Page<{ id: string }>>): Promise<string[]> {
  const ids: string[] = [];
  let after: ListPosition | undefined;
  do {
    const page = await read(after);
    ids.push(...page.items.map(({ id }) => id));
    after = page.next && (JSON.parse(JSON.stringify(page.next)) as ListPosition); // it was one before
  } while (after);
  return ids;
}
