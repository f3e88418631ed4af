import { pipelinesIn } from "@shangji/aws/dynamo/pipelines/pipelines";
import type { ImportOptions } from "@shangji/contracts/imports/schemas";
import { ImportOptions as Options } from "@shangji/contracts/imports/schemas";
import type { Opportunity } from "@shangji/contracts/opportunities/schemas";
import { NewPipeline } from "@shangji/contracts/pipelines/schemas";
import type { Stored } from "@shangji/core/kit/record";
import { createPipeline } from "@shangji/core/pipelines/create-pipeline";
import { type DynamoDb, startDynamoDb } from "@shangji/testing/dynamodb";
import { type ImportWorld, importWorld } from "@shangji/testing/imports/import-world";
import { testContext } from "@shangji/testing/world";
import { afterAll, beforeAll, expect, test } from "vitest";

let db: DynamoDb;
beforeAll(async () => {
  db = await startDynamoDb();
});
afterAll(() => db.stop());

const options = (some: Partial<ImportOptions> = {}) => ({ options: { ...Options.parse({}), ...some } });
const stageIds = {
  Prospecting: "stg_0000000001",
  Engaging: "stg_0000000002",
  Won: "stg_0000000003",
  Lost: "stg_0000000004",
};

/** A sales team of two, two accounts, two products and a pipeline of four stages. */
async function open(settings: { zone?: string } = {}): Promise<ImportWorld> {
  const table = await db.createTable();
  const world = importWorld(table, settings);
  const pipeline = NewPipeline.parse({
    name: { en: "Sales", "zh-CN": "销售" },
    isDefault: true,
    stages: [
      { name: { en: "Prospecting", "zh-CN": "初步接触" }, type: "open" },
      { name: { en: "Engaging" }, type: "open" },
      { name: { en: "Won", "zh-CN": "赢单" }, type: "won" },
      { name: { en: "Lost" }, type: "lost" },
    ],
  });
  let next = 0;
  const context = testContext({ clock: world.clock });
  const deps = {
    pipelines: pipelinesIn(table, world.clock),
    stageIds: () => `stg_${String(++next).padStart(10, "0")}`,
    context,
  };
  await createPipeline(pipeline, deps);
  await world.import("users", "name,manager,externalId\nAnna,Eve,7\nBoris,Eve,8\n");
  await world.import("accounts", "name,industry\nAcme,retail\nBeta,banking\n");
  await world.import("products", "name,series,sales price\nGTX Pro,GTX,4821\nMG Special,MG,55\n");
  return world;
}

async function deal({ deps }: ImportWorld, externalId: string): Promise<Stored<Opportunity>> {
  const ids = await deps.records.findByUnique("opportunity", "externalId", [`import#${externalId}`]);
  const id = ids.get(`import#${externalId}`) ?? "";
  return (await deps.records.getMany("opportunity", [id])).get(id) as unknown as Stored<Opportunity>;
}

const head = "externalId,owner,account,products,stage,amount,openedAt,closedAt,lostFromStage,lostReason";

test("A6 opportunities keep their past: opening, stage, closing and the stage they were lost from", async () => {
  const world = await open();
  const result = await world.import(
    "opportunities",
    [
      head,
      "W,anna,ACME,GTX Pro;MG Special,won,1054.50,2016-10-20,2017-03-01,Engaging,",
      "L,7,Beta,MG Special,Lost,0,2016-10-20,2016-10-20,,Too dear",
      "E,Boris,,MG Special,Engaging,,2017-01-05,,Engaging,ignored",
      "P,,Beta,,初步接触,,,,,",
    ].join("\n"),
  );
  expect(result).toMatchObject({ status: "completed", errors: [], counts: { created: 4, failed: 0 } });
  const { users, products } = await world.deps.records.directories();
  const anna = users.find(({ name }) => name === "Anna");
  const won = await deal(world, "W");
  expect(won).toMatchObject({
    name: "Acme – GTX Pro",
    ownerId: anna?.id,
    teamId: anna?.teamId,
    industry: "retail",
    productIds: ["GTX Pro", "MG Special"].map((name) => products.find((product) => product.name === name)?.id),
    status: "won",
    amountMinor: 105_450,
    currency: "USD",
    baseAmountMinor: 105_450,
    openedAt: "2016-10-20T00:00:00.000Z",
    closedAt: "2017-03-01T00:00:00.000Z",
    firstClosedAt: "2017-03-01T00:00:00.000Z",
    history: [
      { stageId: stageIds.Engaging, enteredAt: "2016-10-20T00:00:00.000Z", exitedAt: "2017-03-01T00:00:00.000Z" },
      { stageId: stageIds.Won, enteredAt: "2017-03-01T00:00:00.000Z" },
    ],
    change: { source: "import", requestId: `${result.id}/2` },
  });
  expect(won).not.toHaveProperty("lostReason");
  const lost = await deal(world, "L");
  expect(lost).toMatchObject({ ownerId: anna?.id, status: "lost", lostReason: "Too dear", amountMinor: 0 });
  expect(lost.history.map(({ stageId }) => stageId)).toEqual([stageIds.Prospecting, stageIds.Lost]);
  const engaging = await deal(world, "E");
  expect(engaging.history).toEqual([{ stageId: stageIds.Engaging, enteredAt: "2017-01-05T00:00:00.000Z" }]);
  expect(engaging).toMatchObject({ name: "MG Special", status: "open" });
  for (const field of ["closedAt", "lostReason", "accountId", "industry"]) expect(engaging).not.toHaveProperty(field);
  const undated = await deal(world, "P");
  expect(undated).toMatchObject({
    name: "Beta",
    history: [{ stageId: stageIds.Prospecting, enteredAt: undated.createdAt }],
  });
  for (const field of ["openedAt", "ownerId", "teamId"]) expect(undated).not.toHaveProperty(field);
});

test("A6 each contradiction fails its own row with its reason", async () => {
  const world = await open();
  await world.import("users", "name,externalId\nAnna,9\n");
  const rows: [row: string, reason: string][] = [
    ["1,,Acme,,Won,,2017-01-01,,,", "closedAt: a won opportunity needs the date it was closed"],
    ["2,,Acme,,Won,,2017-01-02,2017-01-01,,", "closedAt: lies before openedAt"],
    ["3,,Acme,,Engaging,,2017-01-01,2017-02-01,,", "closedAt: an open opportunity has no date of closing"],
    ["4,,Acme,,Winning,,,,,", "stage: “Winning” is no stage of the pipeline (Prospecting, Engaging, Won, Lost)"],
    ["5,,Acme,,Lost,,,2017-01-01,Won,", "lostFromStage: is not an open stage"],
    ["6,,Nowhere,,,,,,,", "account: there is no record “Nowhere”"],
    ["7,Anna,Acme,,,,,,,", "owner: several records are called “Anna”"],
    ["8,,Acme,GTXPro,,,,,,", "products: there is no record “GTXPro”"],
    ["9,,Acme,,,12.345,,,,", "amount: “12.345” is not an amount in USD"],
    ["10,,Acme,,,-5,,,,", "amount: “-5” is not an amount in USD"],
    ["11,,Acme,,,,2017-02-30,,,", "openedAt: “2017-02-30” is not a date like 2026-11-25"],
    ["12,,Acme,,,,2030-01-01,,,", "openedAt: lies in the future"],
    [",,,,,,,,,x", "name: is missing, and so are account, product and external id"],
  ];
  const result = await world.import("opportunities", [head, ...rows.map(([row]) => row), "ok,,Acme,,,,,,,"].join("\n"));
  expect(result.counts).toEqual({ rows: 14, created: 1, updated: 0, skipped: 0, failed: 13, duplicates: 0 });
  for (const [index, [, reason]] of rows.entries()) expect(result.errors[index + 1]).toContain(reason);
});

test("A6 the same file again is skipped, to the last of its undated deals", async () => {
  const world = await open();
  const file = [
    head,
    "W,Anna,Acme,GTX Pro,Won,10,2016-10-20,2017-03-01,Engaging,",
    "P,,Beta,,,,,,,",
    "E,Boris,,,Engaging,5,,,,",
  ];
  await world.import("opportunities", file.join("\n"));
  world.clock.advance(86_400_000);
  const again = await world.import("opportunities", file.join("\n"));
  expect(again.counts).toEqual({ rows: 3, created: 0, updated: 0, skipped: 3, failed: 0, duplicates: 0 });
});

test("A6 a later file brings an opportunity on and corrects its dates, while only imports have touched it", async () => {
  const world = await open();
  await world.import("opportunities", "externalId,account,stage,openedAt,amount\nX,Acme,Engaging,2017-03-04,10\n");
  await world.import("opportunities", "externalId,openedAt\nX,2017-04-03\n");
  expect((await deal(world, "X")).history).toEqual([
    { stageId: stageIds.Engaging, enteredAt: "2017-04-03T00:00:00.000Z" },
  ]);
  const won = await world.import("opportunities", "externalId,stage,closedAt,amount\nX,Won,2017-05-01,12\n");
  expect(won.counts).toMatchObject({ updated: 1 });
  expect(await deal(world, "X")).toMatchObject({
    version: 3,
    name: "Acme",
    status: "won",
    amountMinor: 1200,
    baseAmountMinor: 1200,
    openedAt: "2017-04-03T00:00:00.000Z",
    closedAt: "2017-05-01T00:00:00.000Z",
    history: [
      { stageId: stageIds.Engaging, enteredAt: "2017-04-03T00:00:00.000Z", exitedAt: "2017-05-01T00:00:00.000Z" },
      { stageId: stageIds.Won, enteredAt: "2017-05-01T00:00:00.000Z" },
    ],
  });
});

test("A6 history that people have made stays; another stage in a file is one more move", async () => {
  const world = await open();
  await world.import("opportunities", "externalId,account,stage,openedAt\nX,Acme,Prospecting,2017-03-04\n");
  const before = await deal(world, "X");
  const moved: Stored<Opportunity> = {
    ...before,
    stageId: stageIds.Engaging,
    history: [
      { stageId: stageIds.Prospecting, enteredAt: "2017-03-04T00:00:00.000Z", exitedAt: "2017-06-01T00:00:00.000Z" },
      { stageId: stageIds.Engaging, enteredAt: "2017-06-01T00:00:00.000Z" },
    ],
    version: 2,
    change: { ...before.change, source: "api", requestId: "by hand" },
  };
  const write = { type: "update" as const, kind: "opportunity" as const, before, after: moved, row: 0 };
  await world.deps.writer.write({ importId: "by hand", chunk: 0, dryRun: false }, [write]);
  const same = await world.import("opportunities", "externalId,stage,openedAt\nX,Engaging,2017-03-04\n");
  expect(same.counts).toMatchObject({ skipped: 1 });
  await world.import("opportunities", "externalId,stage,closedAt,lostReason\nX,Lost,2017-07-01,No budget\n");
  expect(await deal(world, "X")).toMatchObject({
    status: "lost",
    lostReason: "No budget",
    closedAt: "2017-07-01T00:00:00.000Z",
    history: [
      moved.history[0],
      { stageId: stageIds.Engaging, enteredAt: "2017-06-01T00:00:00.000Z", exitedAt: "2017-07-01T00:00:00.000Z" },
      { stageId: stageIds.Lost, enteredAt: "2017-07-01T00:00:00.000Z" },
    ],
  });
});

test("A6 amounts in other currencies are converted at the organisation's rate, and refused without one", async () => {
  const world = await open();
  const change = { actorId: "x", at: "2026", command: "x", source: "api", requestId: "x" } as const;
  await world.deps.rates.put(
    {
      rates: [
        { currency: "CNY", rate: "0.14" },
        { currency: "JPY", rate: "0.0065" },
      ],
      version: 2,
      change,
    },
    0,
  );
  const rows = 'externalId,account,amount,currency\n1,Acme,"1,000.50",cny\n2,Acme,5000,JPY\n3,Acme,5,EUR\n4,Acme,7,\n';
  const result = await world.import("opportunities", rows, options({ currency: "CNY" }));
  expect(result.counts).toMatchObject({ created: 3, failed: 1 });
  expect(result.errors[1]).toContain("There is no rate from EUR to USD");
  expect(await deal(world, "1")).toMatchObject({ amountMinor: 100_050, currency: "CNY", baseAmountMinor: 14_007 });
  expect(await deal(world, "2")).toMatchObject({ amountMinor: 5000, currency: "JPY", baseAmountMinor: 3250 });
  expect(await deal(world, "4")).toMatchObject({ amountMinor: 700, currency: "CNY", baseAmountMinor: 98 });
});

test("A6 dates are midnights of the organisation's zone, in ISO or US form", async () => {
  const world = await open({ zone: "Asia/Shanghai" });
  await world.import("opportunities", "externalId,account,openedAt\n1,Acme,3/4/2017\n", options({ dateFormat: "us" }));
  expect((await deal(world, "1")).openedAt).toBe("2017-03-03T16:00:00.000Z");
});
