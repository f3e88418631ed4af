import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ListTablesCommand } from "@aws-sdk/client-dynamodb";
import { DeleteCommand, GetCommand, PutCommand, paginateScan } from "@aws-sdk/lib-dynamodb";
import type { Table } from "@shangji/aws/dynamo/kit/client";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { localTable } from "../../scripts/local/seed.ts";
import { localDrill } from "../../scripts/restore/local-drill.ts";
import { clientOf, eventually, makePipeline } from "./api.ts";

const admin = clientOf("admin");
const { store } = inject("stack");
let folder: string;
let contactId: string;
const email = `restored-${Date.now()}@example.com`;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "shangji-kept-"));
  const pipeline = await makePipeline(admin);
  const account = await admin.call("createAccount", { body: { name: "演练" } });
  const body = { name: "Deal", pipelineId: pipeline.id, accountId: account.id, amountMinor: 5_000 };
  const deal = await admin.call("createOpportunity", { body });
  await admin.call("transitionOpportunity", { path: { id: deal.id }, body: { to: pipeline.stages[1]?.id ?? "" } });
  // The copies of these tests need a cell that is there, not one that is on its way.
  await eventually(
    () => admin.call("getFunnel", { query: { pipelineId: pipeline.id } }),
    ({ groups: [funnel] }) => funnel?.open === 1,
  );
  contactId = (await admin.call("createContact", { body: { name: "备份中的人", email } })).id;
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const run = (options: Partial<Parameters<typeof localDrill>[0]> = {}) => {
  const lines: string[] = [];
  return localDrill({ store, tell: (line) => lines.push(line), ...options }).then((result) => ({ ...result, lines }));
};

type Item = Record<string, unknown>;

/** The first item of the copy that is of some sort. Other suites may have filled the store, so it may be on a later page. */
async function findOne({ client, name: TableName }: Table, isWanted: (item: Item) => boolean): Promise<Item> {
  for await (const { Items = [] } of paginateScan({ client }, { TableName })) {
    const item = Items.find(isWanted);
    if (item) return item;
  }
  throw new Error("there is no such item");
}

/** Puts a changed item in the place of one, or beside it when its key is changed. */
async function alterOne(copy: Table, isWanted: (item: Item) => boolean, change: (item: Item) => Item) {
  const item = await findOne(copy, isWanted);
  await copy.client.send(new PutCommand({ TableName: copy.name, Item: { ...item, ...change(item) } }));
}

test("H7 a copy of the store is equal to it, item by item and aggregate by aggregate, and is removed", async () => {
  const { isEqual, items, aggregates, lines } = await run({ keep: folder });
  expect({ isEqual, lines }).toMatchObject({ isEqual: true });
  expect(items.get("records")).toMatchObject({ missing: 0, surplus: 0, differing: 0, examples: [] });
  expect(items.get("records")?.items).toBeGreaterThan(10);
  expect(items.get("audit trail")?.items).toBeGreaterThan(3);
  expect(aggregates.records).toBeGreaterThan(0);
  expect(aggregates.cells).toBeGreaterThan(0);
  const { TableNames = [] } = await localTable(store).client.send(new ListTablesCommand({}));
  expect(TableNames.filter((name) => name.includes("restored"))).toEqual([]);
});

test("H7 one value that the copy has wrong, one item that it has not, one that it has too much, are each found", async () => {
  const isContact = ({ pk, sk }: Item) => pk === contactId && sk === "record";
  const wrong = await run({
    from: folder,
    onCopied: ({ records }) => alterOne(records, isContact, () => ({ title: "?" })),
  });
  expect(wrong.isEqual).toBe(false);
  expect(wrong.items.get("records")).toMatchObject({ differing: 1, examples: [{ is: "differing", pk: contactId }] });
  const less = await run({
    from: folder,
    onCopied: async ({ records: { client, name } }) => {
      await client.send(new DeleteCommand({ TableName: name, Key: { pk: contactId, sk: "record" } }));
    },
  });
  expect(less.items.get("records")).toMatchObject({ missing: 1, surplus: 0, differing: 0 });
  const more = await run({
    from: folder,
    onCopied: ({ records }) => alterOne(records, isContact, () => ({ sk: "surplus" })),
  });
  expect(more.items.get("records")).toMatchObject({ missing: 0, surplus: 1 });
  expect([less.isEqual, more.isEqual]).toEqual([false, false]);
});

test("H7 one cell that the copy counts wrong is found by a count of its records", async () => {
  const countersOf = (item: Item) =>
    String(item.pk).startsWith("agg#") ? Object.keys(item).filter((name) => typeof item[name] === "number") : [];
  const isCell = (item: Item) => countersOf(item).length > 0;
  const { isEqual, aggregates } = await run({
    from: folder,
    onCopied: ({ totals }) =>
      alterOne(totals, isCell, (cell) => {
        const [counter = "none"] = countersOf(cell);
        return { [counter]: Number(cell[counter]) + 1 };
      }),
  });
  expect(isEqual).toBe(false);
  expect(aggregates.differences).toHaveLength(1);
});

test("H7 a change that was on its way to the projector when the copy was made is counted, as a restore would", async () => {
  const isDeal = ({ pk, sk, status }: Item) => String(pk).startsWith("opp_") && sk === "record" && status === "open";
  const { isEqual, items, aggregates, lines } = await run({
    from: folder,
    onCopied: ({ records }) =>
      alterOne(records, isDeal, ({ version, baseAmountMinor }) => ({
        version: Number(version) + 1,
        baseAmountMinor: Number(baseAmountMinor) + 700,
      })),
  });
  expect(lines.join()).toContain("counting what was on its way");
  expect(aggregates.differences).toEqual([]);
  // The item itself is not what the export has.
  expect([isEqual, items.get("records")?.differing]).toEqual([false, 1]);
});

test("H7 what was erased after a backup was made is erased again in a copy of it", async () => {
  const { id } = await admin.call("createDataSubjectRequest", { body: { type: "erasure", subjectId: contactId } });
  await eventually(
    () => admin.call("getDataSubjectRequest", { path: { id } }),
    ({ status }) => status === "completed",
  );
  let before = false;
  const { isEqual, erasures, lines } = await run({
    from: folder,
    onCopied: async ({ records: { client, name: TableName } }) => {
      const { Item } = await client.send(new GetCommand({ TableName, Key: { pk: contactId, sk: "record" } }));
      before = Item?.email === email;
    },
  });
  expect({ before, lines }).toMatchObject({ before: true });
  expect(isEqual).toBe(true);
  expect(erasures.erasures).toBeGreaterThan(0);
  expect(erasures.left).toEqual([]);
});
