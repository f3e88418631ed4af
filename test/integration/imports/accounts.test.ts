import type { Account } from "@shangji/contracts/accounts/schemas";
import type { ImportOptions } from "@shangji/contracts/imports/schemas";
import { prepareImport } from "@shangji/core/imports/steps/prepare-import";
import { runChunk } from "@shangji/core/imports/steps/run-chunk";
import { foldName } from "@shangji/core/kit/fold";
import { type DynamoDb, startDynamoDb } from "@shangji/testing/dynamodb";
import { type ImportWorld, importWorld } from "@shangji/testing/imports/import-world";
import { afterAll, beforeAll, expect, test } from "vitest";

let db: DynamoDb;
beforeAll(async () => {
  db = await startDynamoDb();
});
afterAll(() => db.stop());

const open = async (options: { chunkRows?: number } = {}) => importWorld(await db.createTable(), options);
const withOptions = (options: Partial<ImportOptions>) => ({
  options: {
    dateFormat: "iso" as const,
    encoding: "auto" as const,
    delimiter: "," as const,
    externalIdSource: "import",
    onExisting: "update" as const,
    createMissing: [],
    ...options,
  },
});

async function accountsCalled({ deps }: ImportWorld, ...names: string[]): Promise<Account[]> {
  const ids = await deps.records.findAccountsByName(names.map(foldName));
  const records = await deps.records.getMany("account", [...ids.values()].flat());
  return names.flatMap((name) => (ids.get(foldName(name)) ?? []).map((id) => records.get(id) as unknown as Account));
}

test("A6 every field of an account arrives, revenue in minor units of the base currency", async () => {
  const world = await open();
  await world.import("users", "name\nAnna\n");
  const file =
    "name,externalId,industry,employees,annualRevenueMillions,foundedYear,region,website,phone,合同到期日,owner,tags\n" +
    '"Acme, Inc",A1,retail,"2,822",1100.04,1996,Kenya,www.acme.test,＋86 138 0000,2027-06-30,anna,"vip;old"\n';
  expect(await world.import("accounts", file)).toMatchObject({
    status: "completed",
    counts: { created: 1 },
    errors: [],
  });
  const [account] = await accountsCalled(world, "Acme, Inc");
  const { users } = await world.deps.records.directories();
  expect(account).toMatchObject({
    name: "Acme, Inc",
    externalId: { source: "import", id: "A1" },
    industry: "retail",
    employees: 2822,
    annualRevenueMinor: 110_004_000_000,
    foundedYear: 1996,
    region: "Kenya",
    website: "https://www.acme.test",
    phone: "+86 138 0000",
    contractEndsOn: "2027-06-30",
    ownerId: users[0]?.id,
    tags: ["vip", "old"],
  });
});

test("A6 parents are found wherever they stand in the file, through any number of levels and chunks", async () => {
  for (const chunkRows of [1, 3, 100]) {
    const world = await open({ chunkRows });
    const rows = Array.from({ length: 9 }, (_, level) => `Level ${level},${level < 8 ? `level ${level + 1}` : ""}`);
    const result = await world.import("accounts", ["name,parent", ...rows].join("\n"));
    expect(result).toMatchObject({ status: "completed", counts: { rows: 9, created: 9, failed: 0 }, totalRows: 9 });
    const [bottom, middle] = await accountsCalled(world, "Level 7", "Level 8");
    expect(bottom?.parentId).toBe(middle?.id);
  }
});

test("A6 a parent that never comes, and parents in a circle, fail their own rows only", async () => {
  const world = await open({ chunkRows: 2 });
  const result = await world.import("accounts", "name,parent\nA,B\nB,A\nC,Nowhere\nD,E\nE,\n");
  expect(result.counts).toEqual({ rows: 5, created: 2, updated: 0, skipped: 0, failed: 3, duplicates: 0 });
  expect(result.errors).toEqual([
    "\uFEFFname,parent,row,error",
    "A,B,2,parent: there is no record “B”",
    "B,A,3,parent: there is no record “A”",
    "C,Nowhere,4,parent: there is no record “Nowhere”",
  ]);
});

test("A6 the same file again is skipped row by row; a changed row updates only what it gives", async () => {
  const world = await open({ chunkRows: 2 });
  const file = "name,industry,employees\nA,retail,1\nB,retail,2\nC,retail,3\n";
  await world.import("accounts", file);
  expect((await world.import("accounts", file)).counts).toMatchObject({ skipped: 3 });
  const changed = await world.import("accounts", "name,industry,employees\n a ,,1\nB,banking,\n");
  expect(changed.counts).toMatchObject({ updated: 1, skipped: 1 });
  const [b] = await accountsCalled(world, "B");
  expect(b).toMatchObject({ industry: "banking", employees: 2, version: 2 });
  const skipped = await world.import("accounts", "name,industry\nB,health\n", withOptions({ onExisting: "skip" }));
  expect(skipped.counts).toMatchObject({ skipped: 1 });
});

test("A6 a record is known by its external id in one system, and by its name only when it has none", async () => {
  const world = await open();
  await world.import("accounts", "externalId,name\n600832,东方明珠\n600637,东方明珠\n");
  expect(await accountsCalled(world, "东方明珠")).toHaveLength(2);
  const other = await world.import(
    "accounts",
    "externalId,name\n600832,东方明珠\n",
    withOptions({ externalIdSource: "other" }),
  );
  expect(other.counts).toMatchObject({ created: 1 });
  const renamed = await world.import("accounts", "externalId,name\n600637,东方明珠新媒体\n");
  expect(renamed.counts).toMatchObject({ updated: 1 });
  const ambiguous = await world.import("accounts", "name\n东方明珠\n");
  expect(ambiguous.errors[1]).toContain("several records have this name");
});

test("A6 rows that mean the same record make it once, in one chunk or in several at the same time", async () => {
  for (const chunkRows of [1, 50]) {
    const world = await open({ chunkRows });
    const rows = Array.from({ length: 12 }, (_, index) => `Acme ${index % 3},${index}`);
    const result = await world.import("accounts", ["name,employees", ...rows].join("\n"));
    expect(result.counts).toMatchObject({ rows: 12, created: 3, updated: 9, failed: 0 });
    expect(await accountsCalled(world, "Acme 0", "Acme 1", "Acme 2")).toHaveLength(3);
    const external = await world.import("accounts", ["externalId,name", ...rows.map((row) => `X${row}`)].join("\n"));
    expect(external.counts).toMatchObject({ created: 3, updated: 9, failed: 0 });
  }
});

test("A6 a dry run counts what would happen and writes no record", async () => {
  const world = await open({ chunkRows: 2 });
  await world.import("accounts", "name,employees\nOld,1\nSame,2\n");
  const file = "name,employees,parent\nNew,1,Later\nOld,5,\nSame,2,\nBad,-1,\nLater,1,\nLost,1,Nowhere\n";
  const dry = await world.import("accounts", file, { dryRun: true });
  expect(dry.counts).toEqual({ rows: 6, created: 2, updated: 1, skipped: 1, failed: 2, duplicates: 0 });
  expect(await accountsCalled(world, "New", "Later", "Bad")).toEqual([]);
  expect((await accountsCalled(world, "Old"))[0]?.employees).toBe(1);
  expect((await world.import("accounts", file)).counts).toEqual(dry.counts);
});

test("A6 each kind of bad row fails alone and comes back with its reason, ready to be corrected and uploaded again", async () => {
  const world = await open({ chunkRows: 3 });
  const bad = [
    ",no name",
    "Too many cells,retail,more",
    `${"x".repeat(201)},long name`,
    '"broken,quote',
    `"two\nlines",retail`,
    "Big,".padEnd(33_000, "x"),
    "=cmd|' /c calc'!A1",
  ];
  const rows = bad.flatMap((row, index) => [row, `Good ${index},retail`]);
  const result = await world.import("accounts", ["name,industry", ...rows].join("\r\n"));
  expect(result.counts).toEqual({ rows: 14, created: 7, updated: 0, skipped: 0, failed: 7, duplicates: 0 });
  expect(result.errors.some((line) => line.startsWith("'=cmd|"))).toBe(true);
  const corrected = result.errors.join("\r\n").replace("'=cmd|' /c calc'!A1,", "Fixed,retail");
  const again = await world.import("accounts", `${corrected}\r\n`);
  expect(again.counts.failed).toBe(again.counts.rows - again.counts.created);
  expect(again.errors[0]).toBe("\uFEFFname,industry,row,error");
});

test("A6 GB18030 without any mark is read as it was meant", async () => {
  const world = await open();
  // 名称,行业 / 商机科技,软件
  const bytes = [0xc3, 0xfb, 0xb3, 0xc6, 0x2c, 0xd0, 0xd0, 0xd2, 0xb5, 0x0d, 0x0a];
  const row = [0xc9, 0xcc, 0xbb, 0xfa, 0xbf, 0xc6, 0xbc, 0xbc, 0x2c, 0xc8, 0xed, 0xbc, 0xfe, 0x0d, 0x0a];
  const mapping = { columns: { 名称: "name", 行业: "industry" }, constants: {} };
  const result = await world.import("accounts", Uint8Array.from([...bytes, ...row]), { mapping });
  expect(result).toMatchObject({ status: "completed", counts: { created: 1 } });
  expect((await accountsCalled(world, "商机科技"))[0]?.industry).toBe("软件");
});

test("attack 14: files that are no usable CSV end with their reason, and nothing is written", async () => {
  const world = await open();
  const problem = async (file: string | Uint8Array) => {
    const { status, problem: reason, counts } = await world.import("accounts", file);
    expect({ status, rows: counts.rows }).toEqual({ status: "failed", rows: 0 });
    return reason;
  };
  expect(await problem("")).toContain("empty");
  expect(await problem("name\n\n,\n")).toContain("no rows");
  expect(await problem(Uint8Array.of(0xff, 0xfe, 0x6e, 0))).toContain("UTF-16");
  expect(await problem(Uint8Array.of(0x50, 0x4b, 3, 4, 9, 9))).toContain("zip");
  expect(await problem(`${"c,".repeat(1_000_000)}c\nx\n`)).toContain("header cannot be read");
  expect(await problem(`${Array.from({ length: 501 }, (_, index) => `c${index}`).join(",")}\nx\n`)).toContain(
    "at most 500",
  );
  expect(await problem("name,name\nx,y\n")).toContain("Two columns");
  expect(await problem("nmae\nx\n")).toContain("give a mapping");
});

test("attack 14: a file that is replaced while it is read ends the import instead of mixing two files", async () => {
  const world = await open({ chunkRows: 1 });
  const id = await world.upload("accounts", "name\nA\nB\n");
  await prepareImport({ importId: id }, world.deps);
  world.files.upload(id, "name\nC\nD\n");
  await runChunk({ importId: id, chunk: 0 }, world.deps);
  expect(await world.read(id)).toMatchObject({ status: "failed", problem: expect.stringContaining("replaced") });
});

test("A6 progress is there to read while chunks come in, and working through a finished import changes nothing", async () => {
  const world = await open({ chunkRows: 2 });
  const id = await world.upload("accounts", "name\nA\nB\nC\nD\nE\n");
  expect(await world.read(id)).toMatchObject({ status: "awaiting_upload", counts: { rows: 0 } });
  expect(await prepareImport({ importId: id }, world.deps)).toEqual({
    importId: id,
    chunks: [0, 1, 2].map((chunk) => ({ importId: id, chunk })),
  });
  world.clock.advance(2000);
  await runChunk({ importId: id, chunk: 1 }, world.deps);
  const half = await world.read(id);
  expect(half).toMatchObject({ status: "running", totalRows: 5, counts: { rows: 2, created: 2 }, rowsPerSecond: 1 });
  await world.work(id);
  const done = await world.read(id);
  expect(done).toMatchObject({ status: "completed", counts: { rows: 5, created: 5 } });
  await world.work(id);
  expect(await world.read(id)).toEqual(done);
});
