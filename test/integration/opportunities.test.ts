import { accountsIn } from "@shangji/aws/dynamo/accounts/accounts";
import { opportunitiesIn } from "@shangji/aws/dynamo/opportunities/opportunities";
import { ratesIn } from "@shangji/aws/dynamo/organization/rates";
import { usersIn } from "@shangji/aws/dynamo/people/users";
import { pipelinesIn } from "@shangji/aws/dynamo/pipelines/pipelines";
import { productsIn } from "@shangji/aws/dynamo/products/products";
import { createAccount } from "@shangji/core/accounts/create-account";
import { updateAccount } from "@shangji/core/accounts/update-account";
import { createOpportunity } from "@shangji/core/opportunities/create-opportunity";
import { deleteOpportunity } from "@shangji/core/opportunities/delete-opportunity";
import { restampIndustry } from "@shangji/core/opportunities/restamp-industry";
import { transitionOpportunity } from "@shangji/core/opportunities/transition-opportunity";
import { createUser } from "@shangji/core/people/create-user";
import { createPipeline } from "@shangji/core/pipelines/create-pipeline";
import { definePipeline } from "@shangji/core/pipelines/define-pipeline";
import { stageIds } from "@shangji/core/pipelines/stage-ids";
import { type DynamoDb, startDynamoDb } from "@shangji/testing/dynamodb";
import { fakeStores } from "@shangji/testing/fakes/stores";
import { countingBytes, testClock, testContext } from "@shangji/testing/world";
import { afterAll, beforeAll, expect, test } from "vitest";

let db: DynamoDb;
beforeAll(async () => {
  db = await startDynamoDb();
});
afterAll(() => db.stop());

const stages = [
  { name: { en: "Prospecting" }, type: "open" as const },
  { name: { en: "Engaging" }, type: "open" as const },
  { name: { en: "Won" }, type: "won" as const },
  { name: { en: "Lost" }, type: "lost" as const },
];

async function world() {
  const table = await db.createTable();
  const clock = testClock();
  const deps = {
    opportunities: opportunitiesIn(table),
    accounts: accountsIn(table),
    products: productsIn(table, clock),
    pipelines: pipelinesIn(table, clock),
    users: usersIn(table, clock),
    teams: fakeStores().teams,
    rates: ratesIn(table, clock),
    duplicates: fakeStores().duplicates,
    settings: fakeStores().settings,
    context: testContext({ clock }),
    stageIds: stageIds(spread(countingBytes())),
  };
  const owner = await createUser({ name: "Lin", role: "rep" }, deps);
  const pipeline = await createPipeline({ name: { en: "Sales" }, stages, isDefault: true }, deps);
  const stage = (position: number) => pipeline.stages[position]?.id ?? "";
  const fields = { name: "Deal", productIds: [], amountMinor: 100, tags: [], ownerId: owner.id };
  const opportunity = (more: object = {}) => createOpportunity({ ...fields, ...more }, deps);
  return { deps, pipeline, stage, opportunity };
}

/** Keeps counted bytes below 36, so that each is a digit of its own. */
function spread(bytes: () => Uint8Array): () => Uint8Array {
  return () => bytes().map((byte) => byte % 36);
}

test("C6: of many racers on one move, one wins and every other meets a conflict or a stage that is reached", async () => {
  const { deps, stage, opportunity } = await world();
  const made = await opportunity();
  const move = () => transitionOpportunity({ id: made.id, request: { to: stage(1) } }, deps);
  const results = await Promise.allSettled(Array.from({ length: 6 }, move));
  const codes = results.map((result) => (result.status === "fulfilled" ? "won" : result.reason.code));
  expect(codes.filter((code) => code === "won")).toHaveLength(1);
  for (const code of codes) expect(["won", "conflict", "transition_refused"]).toContain(code);
  expect(await deps.opportunities.get(made.id)).toMatchObject({ version: 2, stageId: stage(1) });
});

test("two racers who have read the same version: one wins, one meets a conflict", async () => {
  const { deps, stage, opportunity } = await world();
  const made = await opportunity();
  let arrived = 0;
  let open = () => {};
  const bothHaveRead = new Promise<void>((resolve) => {
    open = resolve;
  });
  const opportunities = {
    ...deps.opportunities,
    async get(id: string) {
      const record = await deps.opportunities.get(id);
      if (++arrived === 2) open();
      await bothHaveRead;
      return record;
    },
  };
  const racers = [stage(1), stage(3)].map((to) =>
    transitionOpportunity({ id: made.id, request: { to, lostReason: "price" } }, { ...deps, opportunities }),
  );
  const results = await Promise.allSettled(racers);
  expect(results.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  expect(results.find(({ status }) => status === "rejected")).toMatchObject({ reason: { code: "conflict" } });
});

test("a record moves by the definition that it entered with, after the pipeline has a new one", async () => {
  const { deps, pipeline, stage, opportunity } = await world();
  const made = await opportunity();
  const [first, , won, lost] = pipeline.stages.map(({ id, name, type }) => ({ id, name, type }));
  if (!first || !won || !lost) throw new Error("four stages");
  const definition = { name: { en: "Sales" }, stages: [first, won, lost], transitions: [] };
  await definePipeline({ id: pipeline.id, definition, expectedVersion: 1 }, deps);
  expect(await deps.pipelines.get(pipeline.id)).toMatchObject({ definitionVersion: 2, version: 2 });
  const moved = await transitionOpportunity({ id: made.id, request: { to: stage(1) } }, deps);
  expect(moved).toMatchObject({ stageId: stage(1), pipelineVersion: 1 });
});

test("a deleted opportunity leaves the lanes of its stage and its account", async () => {
  const { deps, stage, opportunity } = await world();
  const account = await createAccount({ name: "Acme", tags: [] }, deps);
  const made = await opportunity({ accountId: account.id });
  const lanes = [{ by: "stage", id: stage(0) } as const, { by: "account", id: account.id } as const];
  for (const lane of lanes) expect((await deps.opportunities.list(lane, { limit: 10 })).items).toEqual([made]);
  await deleteOpportunity({ id: made.id, expectedVersion: 1 }, deps);
  for (const lane of lanes) expect((await deps.opportunities.list(lane, { limit: 10 })).items).toEqual([]);
});

test("a new industry of an account reaches all its opportunities", async () => {
  const { deps, opportunity } = await world();
  const account = await createAccount({ name: "Acme", tags: [], industry: "retail" }, deps);
  const made = await Promise.all(Array.from({ length: 20 }, () => opportunity({ accountId: account.id })));
  await updateAccount({ id: account.id, patch: { industry: "software" }, expectedVersion: 1 }, deps);
  expect(await restampIndustry({ accountId: account.id }, deps)).toBe(20);
  const read = await deps.opportunities.getMany(made.map(({ id }) => id));
  expect([...read.values()].map(({ industry, version }) => [industry, version])).toEqual(
    made.map(() => ["software", 2]),
  );
});
