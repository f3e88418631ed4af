import type { Lead } from "@shangji/contracts/leads/schemas";
import { type DynamoDb, startDynamoDb } from "@shangji/testing/dynamodb";
import { importWorld } from "@shangji/testing/imports/import-world";
import { afterAll, beforeAll, expect, test } from "vitest";

let db: DynamoDb;
beforeAll(async () => {
  db = await startDynamoDb();
});
afterAll(() => db.stop());

test("A6 B1 every field of a lead arrives; with an owner it is assigned, a later file gives it one, and contacts are told of", async () => {
  const world = await importWorld(await db.createTable());
  await world.import("users", "name\nAnna\n");
  await world.import("contacts", "name,email\n陈静,jing@example.com\n");
  const header =
    "线索姓名,线索编号,公司名称,职位,邮箱,手机,网址,地区,行业,线索来源,市场活动,utm_source,utm_medium,需求,负责人,标签\n";
  const cells = "云帆科技,CTO,jing@example.com,138 0013 8000,www.yunfan.test,East,software,展会,autumn,mail,cpc,要报价";
  const file = `${header}陈静,L1,${cells},Anna,"a;b"\n李雷,L2,,,,,,,,,,,,,,\n`;
  expect(await world.import("leads", file)).toMatchObject({
    status: "completed",
    counts: { created: 2, failed: 0, duplicates: 1 },
    errors: [],
  });
  const leads = async () => {
    const ids = await world.deps.records.findByUnique("lead", "externalId", ["import#L1", "import#L2"]);
    const records = await world.deps.records.getMany("lead", [...ids.values()]);
    return ["import#L1", "import#L2"].map((key) => records.get(ids.get(key) ?? "") as unknown as Lead);
  };
  const { users } = await world.deps.records.directories();
  const [first, second] = await leads();
  expect(first).toMatchObject({
    name: "陈静",
    externalId: { source: "import", id: "L1" },
    company: "云帆科技",
    title: "CTO",
    email: "jing@example.com",
    phone: "138 0013 8000",
    phoneKey: "+8613800138000",
    website: "https://www.yunfan.test",
    region: "East",
    industry: "software",
    source: "展会",
    campaign: "autumn",
    utm: { source: "mail", medium: "cpc" },
    message: "要报价",
    ownerId: users[0]?.id,
    status: "assigned",
    tags: ["a", "b"],
  });
  expect(second).toMatchObject({ name: "李雷", status: "new", statusChangedAt: expect.any(String) });
  const later = await world.import("leads", "线索姓名,线索编号,负责人\n李雷,L2,Anna\n陈静,L1,Anna\n");
  expect(later.counts).toMatchObject({ updated: 1, skipped: 1 });
  expect((await leads())[1]).toMatchObject({ status: "assigned", ownerId: users[0]?.id, version: 2 });
});

test("B3 own values of leads come by columns, a later file gives some of them, and the others stay", async () => {
  const world = await importWorld(await db.createTable());
  const mapping = (columns: Record<string, string>) => ({
    columns: { name: "name", id: "externalId", ...columns },
    constants: { "custom.fair": "Canton" },
  });
  const first = await world.import("leads", "name,id,seats,plan\n陈静,L1,40,pro\n李雷,L2,,\n", {
    mapping: mapping({ seats: "custom.seats", plan: "custom.plan" }),
  });
  expect(first.counts).toMatchObject({ created: 2, failed: 0 });
  const customs = async () => {
    const ids = await world.deps.records.findByUnique("lead", "externalId", ["import#L1", "import#L2"]);
    const records = await world.deps.records.getMany("lead", [...ids.values()]);
    return ["import#L1", "import#L2"].map((key) => (records.get(ids.get(key) ?? "") as unknown as Lead).custom);
  };
  expect(await customs()).toEqual([{ fair: "Canton", seats: "40", plan: "pro" }, { fair: "Canton" }]);
  const rest = Array.from({ length: 48 }, (_, index) => `v${index}`);
  const many = Object.fromEntries(rest.map((name) => [name, `custom.${name}`]));
  const later = await world.import("leads", `name,id,seats,${rest}\n陈静,L1,41,${rest}\n李雷,L2,7,${rest}\n`, {
    mapping: mapping({ seats: "custom.seats", ...many }),
  });
  expect(later.counts).toMatchObject({ updated: 1, failed: 1 });
  expect(later.errors.join()).toMatch(/custom: must have 50 fields at most/);
  const [kept, more] = await customs();
  expect(kept).toEqual({ fair: "Canton", seats: "40", plan: "pro" });
  expect([more?.seats, Object.keys(more ?? {}).length]).toEqual(["7", 50]);
});
