import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { BatchWriteCommand } from "@aws-sdk/lib-dynamodb";
import { loadTotals } from "@shangji/aws/dynamo/analytics/stored-cells";
import type { Table } from "@shangji/aws/dynamo/kit/client";
import { createItem } from "@shangji/aws/dynamo/kit/record-store";
import { opportunityShape } from "@shangji/aws/dynamo/opportunities/opportunities";
import { createClient } from "@shangji/client";
import type { Opportunity } from "@shangji/contracts/opportunities/schemas";
import type { Pipeline } from "@shangji/contracts/pipelines/schemas";
import type { Fold } from "@shangji/core/analytics/cells";
import { contribute } from "@shangji/core/analytics/contributions";
import { factsOf } from "@shangji/core/analytics/facts";
import { factsSourceOf } from "@shangji/core/analytics/facts-source";
import type { Stored } from "@shangji/core/kit/record";
import { ownServices } from "@shangji/local-cloud/services/own-services";
import { CfnEventSourceMapping } from "aws-cdk-lib/aws-lambda";
import { runStack } from "../../scripts/local/run-stack.ts";
import { localTable } from "../../scripts/local/seed.ts";
import { accessToken, type StackFile } from "../../scripts/stack.ts";

/** A stack under load: `fill` works while it is down. */
export interface BenchStack {
  /** Brings the store to this many opportunities, with their totals. */
  fill(count: number): Promise<void>;
  run<T>(work: (stack: RunningStack) => Promise<T>): Promise<T>;
  remove(): Promise<void>;
}

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
 * A stack on disk. It is filled while its stream consumers are not there, and they begin with what comes after: a
 * hundred thousand records would keep them busy for longer than all measurements take.
 */
export async function benchStack(): Promise<BenchStack> {
  const folder = await mkdtemp(join(tmpdir(), "shangji-bench-"));
  let world: World | undefined;
  const start = (consumers: boolean) =>
    runStack({
      outdir: join(folder, "assembly"),
      dataDir: join(folder, "data"),
      services: ownServices().filter((make) => consumers || make().name !== "streams"),
      mutate({ app }) {
        for (const node of app.node.findAll()) {
          if (node instanceof CfnEventSourceMapping && node.startingPosition) node.startingPosition = "LATEST";
        }
      },
    });
  return {
    async fill(count) {
      const { stack, cloud } = await start(false);
      try {
        world ??= await makePeople(stack);
        await fillStore(world, count, stack);
      } finally {
        await cloud.stop();
      }
    },
    async run(work) {
      if (!world) throw new Error("the store is not filled");
      const { stack, cloud } = await start(true);
      try {
        const token = await accessToken(stack, "admin");
        const table = localTable(stack.store);
        return await work({ apiUrl: stack.apiUrl, token, stack, table, world, settle: () => cloud.settle() });
      } finally {
        await cloud.stop();
      }
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

async function makePeople(stack: StackFile): Promise<World> {
  const client = createClient({ baseUrl: stack.apiUrl, token: await accessToken(stack, "admin") });
  const pipeline = await client.call("createPipeline", {
    body: {
      name: { en: "Forth and back" },
      stages: [
        { name: { en: "Qualify" }, type: "open" },
        { name: { en: "Propose" }, type: "open" },
        { name: { en: "Negotiate" }, type: "open" },
        { name: { en: "Won" }, type: "won" },
        { name: { en: "Lost" }, type: "lost" },
      ],
      transitions: [
        { from: 0, to: 1 },
        { from: 1, to: 0 },
      ],
    },
  });
  const teamIds: string[] = [];
  for (let index = 0; index < teams; index++) {
    const team = await client.call("createTeam", { body: { name: `Team ${index}`, region: `Region ${index % 3}` } });
    teamIds.push(team.id);
  }
  const ownerIds: string[] = [];
  for (let index = 0; index < owners; index++) {
    const user = await client.call("createUser", {
      body: {
        name: `Owner ${index}`,
        email: `owner-${index}@shangji.test`,
        role: "rep",
        teamId: teamIds[index % teams] as string, // as many as `teams`
      },
    });
    ownerIds.push(user.id);
  }
  return { pipeline: pipeline as Pipeline, ownerIds, teamIds, opportunities: [], moved: new Set() };
}

async function fillStore(world: World, count: number, stack: StackFile): Promise<void> {
  const table = localTable(stack.store);
  const fresh: Stored<Opportunity>[] = [];
  for (let index = world.opportunities.length; index < count; index++) fresh.push(opportunity(index, world));
  world.opportunities.push(...fresh);
  const lanes = Array.from({ length: writesAtOnce }, async (_, lane) => {
    for (let start = lane * itemsPerWrite; start < fresh.length; start += writesAtOnce * itemsPerWrite) {
      await writeBatch(table, fresh.slice(start, start + itemsPerWrite));
    }
  });
  await Promise.all(lanes);
  const fold: Fold = new Map();
  for (const each of world.opportunities) {
    const facts = factsOf(factsSourceOf(each, stack.store.zone));
    if (facts) contribute(fold, facts, world.pipeline.stages, 1);
  }
  await loadTotals(fold, "1", { table, pause: async () => undefined });
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
    change: { actorId: "system", at, requestId: "bench", source: "system", command: "fill" },
  } as Stored<Opportunity>; // built here in full
}
