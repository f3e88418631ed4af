import { BatchWriteCommand } from "@aws-sdk/lib-dynamodb";
import { loadTotals } from "@shangji/aws/dynamo/analytics/stored-cells";
import type { Table } from "@shangji/aws/dynamo/kit/client";
import { createItem } from "@shangji/aws/dynamo/kit/record-store";
import { opportunityShape } from "@shangji/aws/dynamo/opportunities/opportunities";
import { teamsIn } from "@shangji/aws/dynamo/people/teams";
import { pipelinesIn } from "@shangji/aws/dynamo/pipelines/pipelines";
import type { Opportunity } from "@shangji/contracts/opportunities/schemas";
import type { Pipeline } from "@shangji/contracts/pipelines/schemas";
import type { Fold } from "@shangji/core/analytics/cells";
import { contribute } from "@shangji/core/analytics/contributions";
import { factsOf } from "@shangji/core/analytics/facts";
import { factsSourceOf } from "@shangji/core/analytics/facts-source";
import type { Stored } from "@shangji/core/kit/record";
import { createPipeline } from "@shangji/core/pipelines/create-pipeline";
import { stageIds } from "@shangji/core/pipelines/stage-ids";
import { countingBytes, testClock, testContext } from "@shangji/testing/world";

export const clock = testClock();
const at = "2026-01-01T00:00:00.000Z";
const stamp = { version: 1, createdAt: at, updatedAt: at };
const change = { actorId: "system", at, command: "fill", source: "system", requestId: "fill" } as const;
const id = (prefix: string, tail: number) => `${prefix}_${String(tail).padStart(26, "0")}`;

export const teams = Array.from({ length: 5 }, (_, index) => id("team", index));
export const owners = Array.from({ length: 25 }, (_, index) => id("usr", index));
export const teamOf = (owner: number) => teams[owner % teams.length] ?? "";
/** The one deal in thousands that has it. */
export const needle = "needle";
const itemsPerWrite = 25;

/** An organisation of `count` opportunities, counted by its aggregates: 25 owners in 5 teams, two of five deals open. */
export async function fillLargeWorld(table: Table, count: number) {
  const context = testContext({ clock });
  const type = { Qualify: "open", Propose: "open", Won: "won", Lost: "lost" } as const;
  const pipeline = await createPipeline(
    {
      name: { en: "Sales" },
      stages: Object.entries(type).map(([en, of]) => ({ name: { en }, type: of })),
      isDefault: true,
    },
    { pipelines: pipelinesIn(table, clock), stageIds: stageIds(countingBytes()), context },
  );
  for (const [index, team] of teams.entries()) {
    await teamsIn(table, clock).create({ id: team, name: `Team ${index}`, ...stamp, change });
  }
  const deals = Array.from({ length: count }, (_, index) => deal(index, pipeline));
  await Promise.all(
    [0, 1, 2, 3].map(async (lane) => {
      for (let start = lane * itemsPerWrite; start < count; start += 4 * itemsPerWrite) {
        const items = deals.slice(start, start + itemsPerWrite);
        const requests = items.map((each) => ({
          PutRequest: { Item: createItem(table, opportunityShape, each).Put?.Item },
        }));
        await table.client.send(new BatchWriteCommand({ RequestItems: { [table.name]: requests } }));
      }
    }),
  );
  const fold: Fold = new Map();
  for (const each of deals) {
    const facts = factsOf(factsSourceOf(each, "UTC"));
    if (facts) contribute(fold, facts, pipeline.stages, 1);
  }
  await loadTotals(fold, "1", { table, pause: async () => undefined });
  return { deals, pipeline };
}

function deal(index: number, { id: pipelineId, stages }: Pipeline): Stored<Opportunity> {
  const owner = index % owners.length;
  const place = [0, 1, 2, 2, 3][Math.floor(index / owners.length) % 5] ?? 0;
  const stage = stages[place];
  if (!stage) throw new Error("the pipeline lacks a stage");
  const time = new Date(Date.parse(at) + index * 60_000).toISOString();
  const amountMinor = ((index * 7_919) % 10_007) * 100;
  return {
    id: id("opp", index),
    name: `商机 ${index}`,
    ownerId: owners[owner] ?? "",
    teamId: teamOf(owner),
    productIds: [],
    pipelineId,
    pipelineVersion: 1,
    stageId: stage.id,
    status: stage.type,
    amountMinor,
    currency: "USD",
    baseAmountMinor: amountMinor,
    ...(index % 10 === 9 ? {} : { expectedCloseDate: time.slice(0, 10) }),
    source: ["web", "event", "partner"][index % 3] ?? "web",
    tags: index % 7_000 === 13 ? [needle] : ["renewal"],
    openedAt: time,
    ...(stage.type === "open" ? {} : { closedAt: time, firstClosedAt: time }),
    history: [{ stageId: stage.id, enteredAt: time }],
    ...stamp,
    createdAt: time,
    updatedAt: time,
    change,
  };
}
