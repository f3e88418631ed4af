import { randomUUID } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { runImport } from "../../scripts/imports/run-import.ts";
import { clientOf } from "./api.ts";

const admin = clientOf("admin");
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "shangji-csv-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

type Entity = "accounts" | "contacts" | "products" | "users" | "opportunities" | "leads";

async function importOf(entity: Entity, csv: string | Uint8Array) {
  const file = join(folder, `${entity}-${Math.random()}.csv`);
  await writeFile(file, csv);
  return runImport(admin, { file, input: { entity, dryRun: false }, onProgress: () => undefined });
}

// POST /v1/imports, its upload, and GET /v1/imports/{id} to the end.
test("A6 files of every entity arrive through the API, in the order in which they refer to each other", async () => {
  const files: [Entity, string][] = [
    ["users", "name,email,role,manager\n李雷,lilei@example.com,rep,韩梅梅\n"],
    ["accounts", "name,externalId,industry,owner\n云帆科技,I-A1,software,李雷\n云帆科技杭州,I-A2,software,李雷\n"],
    ["contacts", "name,externalId,account,email\n周一,I-C1,I-A1,zhou@example.com\n"],
    ["products", "name,code,listPrice\n云帆套件,I-P1,1200.50\n"],
    [
      "opportunities",
      "name,externalId,owner,account,products,amount,openedAt\n年度采购,I-O1,李雷,I-A1,云帆套件,9800,2026-05-04\n",
    ],
    [
      "leads",
      "线索名称,线索编号,公司名称,邮箱,手机,utm_source,负责人\n陈静,I-L1,云帆科技,chen@example.com,13800138000,baidu,李雷\n",
    ],
  ];
  for (const [entity, csv] of files) {
    const done = await importOf(entity, csv);
    const rows = csv.trim().split("\n").length - 1;
    expect(done).toMatchObject({ entity, status: "completed", counts: { rows, failed: 0 } });
    expect(done.errorsUrl).toBeUndefined();
  }
  // The same again changes nothing, and a changed cell is an update.
  expect((await importOf("accounts", files[1]?.[1] ?? "")).counts).toMatchObject({
    created: 0,
    updated: 0,
    skipped: 2,
  });
  const changed = await importOf("accounts", "name,externalId,industry\n云帆科技,I-A1,medical\n");
  expect(changed.counts).toMatchObject({ updated: 1, failed: 0 });
  const recoded = await importOf("products", "name,code\n云帆套件,I-P2\n");
  expect(recoded.counts).toMatchObject({ updated: 1, failed: 0 });
  const listed = (await admin.call("listImports", { query: {} })).items;
  expect(listed.map(({ id }) => id)).toContain(changed.id);
  expect(await admin.call("getImport", { path: { id: changed.id } })).toMatchObject({ status: "completed" });
});

test("A6 bad rows are answered with their reasons and stop no good one", async () => {
  const mark = randomUUID();
  const rows = [`Good ${mark},10,+86 21 6888 0001`, '"=HYPERLINK(1)",many,', `Also good ${mark},20,`];
  const done = await importOf("accounts", `name,employees,phone\n${rows.join("\n")}\n`);
  expect(done).toMatchObject({ status: "completed", counts: { rows: 3, created: 2, failed: 1 } });
  const answer = await fetch(done.errorsUrl ?? "");
  expect(answer.status).toBe(200);
  const text = await answer.text();
  expect(text).toContain("employees");
  // A formula must not run in the spreadsheet of whoever opens the file.
  expect(text).not.toMatch(/(^|,)"?=/m);
  // The rows of somebody else's file are not for everybody who may see that there was one.
  const path = { id: done.id };
  expect((await admin.call("getImport", { path })).errorsUrl).toBeDefined();
  const seen = await clientOf("manager").call("getImport", { path });
  expect(seen).toMatchObject({ status: "completed", counts: { failed: 1 } });
  expect(seen.errorsUrl).toBeUndefined();
});

test("A6 a file that cannot be read fails as a whole, with the reason", async () => {
  const done = await importOf("accounts", "colour,shape\nred,round\n");
  expect(done.status).toBe("failed");
  expect(done.problem).toMatch(/column/);
  expect(done.counts.created).toBe(0);
});
