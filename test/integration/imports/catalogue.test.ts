import type { Contact } from "@shangji/contracts/contacts/schemas";
import { type DynamoDb, startDynamoDb } from "@shangji/testing/dynamodb";
import { importWorld } from "@shangji/testing/imports/import-world";
import { afterAll, beforeAll, expect, test } from "vitest";

let db: DynamoDb;
beforeAll(async () => {
  db = await startDynamoDb();
});
afterAll(() => db.stop());

test("A6 products are known by external id or name; a code belongs to one of them", async () => {
  const world = importWorld(await db.createTable(), { chunkRows: 1 });
  const file = 'name,code,family,listPrice,currency\nGTX Pro,G1,GTX,"4,821",\nMG,M1,MG,55.5,CNY\nCopy,g1,GTX,1,\n';
  const result = await world.import("products", file);
  expect(result.counts).toMatchObject({ created: 2, failed: 1 });
  expect(result.errors[1]).toContain("unique values");
  const { products } = await world.deps.records.directories();
  // The chunks run at the same time, so either of the two may have come first with the code.
  const [first] = products.filter(({ name }) => name !== "MG");
  expect(["GTX Pro", "Copy"]).toContain(first?.name);
  expect(first).toMatchObject({ active: true, currency: "USD" });
  const other = products.find(({ name }) => name === "MG");
  expect(other).toMatchObject({ listPriceMinor: 5550, currency: "CNY", active: true });
  const cheaper = await world.import("products", `name,price\n${first?.name.toLowerCase()},4000\nMG,55.5\n`);
  expect(cheaper.counts).toMatchObject({ updated: 2 });
});

test("A6 contacts go to their account and are known by external id alone", async () => {
  const world = importWorld(await db.createTable());
  await world.import("accounts", "name,externalId\nAcme,A1\n");
  const file =
    "externalId,联系人,客户名称,职位,邮箱,手机\nC1,王小明,Acme,CTO,wang@acme.test,１３８ ００００\nC2,Jane,A1,,,\nC3,Bad,Acme,,nomail,call me\n";
  const mapping = {
    columns: {
      externalId: "externalId",
      联系人: "name",
      客户名称: "account",
      职位: "title",
      邮箱: "email",
      手机: "phone",
    },
    constants: { tags: "fair; 2026" },
  };
  const result = await world.import("contacts", file, { mapping });
  expect(result.counts).toMatchObject({ created: 2, failed: 1 });
  expect(result.errors[1]).toMatch(/email: .*; phone: must be a phone number/);
  const ids = await world.deps.records.findByUnique("contact", "externalId", ["import#C1", "import#C2"]);
  const contacts = [
    ...(await world.deps.records.getMany("contact", [...ids.values()])).values(),
  ] as unknown as Contact[];
  const first = contacts.find(({ name }) => name === "王小明");
  expect(first).toMatchObject({ title: "CTO", email: "wang@acme.test", phone: "138 0000", tags: ["fair", "2026"] });
  expect(new Set(contacts.map(({ accountId }) => accountId)).size).toBe(1);
  expect((await world.import("contacts", file, { mapping })).counts).toMatchObject({ skipped: 2, failed: 1 });
  const nameless = "name,account\nJane,Acme\nJane,Acme\n";
  expect((await world.import("contacts", nameless)).counts).toMatchObject({ created: 2 });
});
