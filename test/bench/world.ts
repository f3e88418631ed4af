import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { BatchWriteCommand } from "@aws-sdk/lib-dynamodb";
import { loadTotals } from "@shangji/aws/dynamo/analytics/stored-cells";
import type { Table } from "@shangji/aws/dynamo/kit/client";
import { createItem } from "@shangji/aws/dynamo/kit/record-store";
import { opportunityShape } from "@shangji/aws/dynamo/opportunities/opportunities";
import { teamsIn } from "@shangji/aws/dynamo/people/teams";
import { usersIn } from "@shangji/aws/dynamo/people/users";
import { pipelinesIn } from "@shangji/aws/dynamo/pipelines/pipelines";
import { entryItems } from "@shangji/aws/dynamo/search/entry-items";
import { writeEntries } from "@shangji/aws/dynamo/search/write-entries";
import type { Opportunity } from "@shangji/contracts/opportunities/schemas";
import type { Pipeline } from "@shangji/contracts/pipelines/schemas";
import type { Fold } from "@shangji/core/analytics/cells";
import { contribute } from "@shangji/core/analytics/contributions";
import { factsOf } from "@shangji/core/analytics/facts";
import { factsSourceOf } from "@shangji/core/analytics/facts-source";
import type { CallContext } from "@shangji/core/kit/context";
import { idSource } from "@shangji/core/kit/ids";
import type { Stored } from "@shangji/core/kit/record";
import { createPipeline } from "@shangji/core/pipelines/create-pipeline";
import { stageIds } from "@shangji/core/pipelines/stage-ids";
import { indexedState } from "@shangji/core/search/indexed-state";
import { randomBytes, systemClock } from "@shangji/lambda/settings";
import type { CloudContext, LocalService } from "@shangji/local-cloud/service";
import { ownServices } from "@shangji/local-cloud/services/own-services";
import { CfnEventSourceMapping } from "aws-cdk-lib/aws-lambda";
import { runStack, storeOf } from "../../scripts/local/run-stack.ts";
import { localSearchTable, localTable, localTotalsTable } from "../../scripts/local/seed.ts";
import { accessToken, type StackFile } from "../../scripts/stack.ts";
import { searchedList } from "./operations.ts";

export interface RunningStack {
  apiUrl: string;
  token: string;
  stack: StackFile;
  table: Table;
  world: World;
  /** Resolves when the stream consumers are through. */
  settle(): Promise<void>;
}

/** What the filled opportunities are made of. */
export interface World {
  pipeline: Pipeline;
  ownerIds: string[];
  teamIds: string[];
  /** By number; those that the load may move are open. */
  opportunities: Stored<Opportunity>[];
  /** Numbers of the open ones that stand in the second stage. */
  moved: Set<number>;
}

const owners = 20;
const teams = 5;
const writesAtOnce = 4;
const itemsPerWrite = 25;

/**
 * Runs work on a stack, in memory unless told otherwise, with this many opportunities and their totals. The store is
 * filled before the stream consumers start, and they begin with what comes after: a hundred thousand records would keep
 * them busy for longer than all measurements take.
 */
export async function withStack<T>(
  count: number,
  work: (running: RunningStack) => Promise<T>,
  { onDisk = false } = {},
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), "shangji-bench-"));
  let world: World | undefined;
  const filler: LocalService = {
    name: "filler",
    async start(context) {
      world = await filledWorld(count, context);
    },
    async stop() {},
  };
  try {
    const { stack, cloud } = await runStack({
      outdir: join(folder, "assembly"),
      ...(onDisk ? { dataDir: join(folder, "data") } : {}),
      services: ownServices().flatMap((make) => (make().name === "streams" ? [() => filler, make] : [make])),
      mutate({ app }) {
        for (const node of app.node.findAll()) {
          if (node instanceof CfnEventSourceMapping && node.startingPosition) {
            node.startingPosition = "LATEST";
          }
        }
      },
    });
    try {
      if (!world) throw new Error("the store is not filled");
      const token = await accessToken(stack, "admin");
      const table = localTable(stack.store);
      return await work({ apiUrl: stack.apiUrl, token, stack, table, world, settle: () => cloud.settle() });
    } finally {
      await cloud.stop();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function filledWorld(count: number, { deployment, endpoints }: CloudContext): Promise<World> {
  const store = storeOf({ deployment, endpoints, region: deployment.region });
  const table = localTable(store);
  const world = await makePeople(table);
  for (let index = 0; index < count; index++) world.opportunities.push(opportunity(index, world));
  const { opportunities } = world;
  const lanes = Array.from({ length: writesAtOnce }, async (_, lane) => {
    for (let start = lane * itemsPerWrite; start < count; start += writesAtOnce * itemsPerWrite) {
      await writeBatch(table, opportunities.slice(start, start + itemsPerWrite));
    }
  });
  await Promise.all(lanes);
  const fold: Fold = new Map();
  for (const each of opportunities) {
    const facts = factsOf(factsSourceOf(each, "UTC"));
    if (facts) contribute(fold, facts, world.pipeline.stages, 1);
  }
  // All lists of the index would take longer to write than everything else.
  const entries = opportunities
    .flatMap((each) => entryItems(indexedState("opportunity", { ...each })))
    .filter(({ pk }) => pk === searchedList)
    .map((Item) => ({ PutRequest: { Item } }));
  await writeEntries(entries, { table: localSearchTable(store), pause: async () => undefined });
  await loadTotals(fold, "1", { table: localTotalsTable(store), pause: async () => undefined });
  return world;
}

const change = {
  actorId: "system",
  at: "2025-01-01T00:00:00.000Z",
  requestId: "bench",
  source: "system",
  command: "fill",
} as const;
const stamp = { version: 1, createdAt: change.at, updatedAt: change.at, change };

async function makePeople(table: Table): Promise<World> {
  const context: CallContext = {
    actor: { userId: "system", role: "admin" },
    clock: systemClock,
    ids: idSource(systemClock, randomBytes),
    requestId: "bench",
    source: "system",
  };
  const pipeline = await createPipeline(
    {
      name: { en: "Forth and back" },
      stages: [
        { name: { en: "Qualify" }, type: "open" },
        { name: { en: "Propose" }, type: "open" },
        { name: { en: "Negotiate" }, type: "open" },
        { name: { en: "Won" }, type: "won" },
        { name: { en: "Lost" }, type: "lost" },
      ],
      transitions: [
        { from: 0, to: 1, requiredFields: [], requiresReason: false },
        { from: 1, to: 0, requiredFields: [], requiresReason: false },
      ],
      isDefault: true,
    },
    { pipelines: pipelinesIn(table, systemClock), stageIds: stageIds(randomBytes), context },
  );
  const teamIds = Array.from({ length: teams }, () => context.ids.next("team"));
  const ownerIds = Array.from({ length: owners }, () => context.ids.next("user"));
  for (const [index, id] of teamIds.entries()) {
    await teamsIn(table, systemClock).create({ id, name: `Team ${index}`, region: `Region ${index % 3}`, ...stamp });
  }
  for (const [index, id] of ownerIds.entries()) {
    const teamId = teamIds[index % teams] as string; // as many as `teams`
    await usersIn(table, systemClock).create({
      id,
      name: `Owner ${index}`,
      role: "rep",
      teamId,
      active: true,
      ...stamp,
    });
  }
  return { pipeline, ownerIds, teamIds, opportunities: [], moved: new Set() };
}

async function writeBatch(table: Table, records: readonly Stored<Opportunity>[]): Promise<void> {
  const requests = records.map((record) => ({
    PutRequest: { Item: createItem(table, opportunityShape, record).Put?.Item },
  }));
  const { UnprocessedItems } = await table.client.send(
    new BatchWriteCommand({ RequestItems: { [table.name]: requests } }),
  );
  if (Object.keys(UnprocessedItems ?? {}).length > 0) throw new Error("the engine left items unprocessed");
}

const day = 86_400_000;
const firstDay = Date.parse("2025-01-01T09:00:00.000Z");
const daysOfOpening = 690;

/** Deal number `index`: two of five are open in the first stage, the rest won or lost a month or two later. */
function opportunity(index: number, { pipeline, ownerIds, teamIds }: World): Stored<Opportunity> {
  const opened = firstDay + ((index * 7) % daysOfOpening) * day;
  const at = new Date(opened).toISOString();
  const [first, second] = pipeline.stages;
  const closing = pipeline.stages.find(({ type }) => type === (index % 5 === 4 ? "lost" : "won"));
  if (!first || !second || !closing) throw new Error("the pipeline lacks stages");
  const closedAt = new Date(opened + (20 + (index % 60)) * day).toISOString();
  const isOpen = index % 5 < 2;
  const owner = index % owners;
  return {
    id: `opp_${index.toString().padStart(26, "0")}`,
    name: `商机 ${index} renewal`,
    ownerId: ownerIds[owner],
    teamId: teamIds[owner % teams],
    productIds: [],
    pipelineId: pipeline.id,
    pipelineVersion: pipeline.definitionVersion,
    stageId: isOpen ? first.id : closing.id,
    status: isOpen ? "open" : closing.type,
    amountMinor: 100_000 + (index % 1000) * 100,
    currency: "USD",
    baseAmountMinor: 100_000 + (index % 1000) * 100,
    expectedCloseDate: closedAt.slice(0, 10),
    source: ["web", "event", "partner"][index % 3],
    industry: ["retail", "software", "medical", "finance"][index % 4],
    tags: [],
    openedAt: at,
    ...(isOpen ? {} : { closedAt, firstClosedAt: closedAt }),
    ...(closing.type === "lost" && !isOpen ? { lostReason: "price" } : {}),
    history: isOpen
      ? [{ stageId: first.id, enteredAt: at }]
      : [
          { stageId: first.id, enteredAt: at, exitedAt: closedAt },
          { stageId: closing.id, enteredAt: closedAt },
        ],
    version: 1,
    createdAt: at,
    updatedAt: isOpen ? at : closedAt,
    change: { ...change, at },
  } as Stored<Opportunity>; // built here in full
}
