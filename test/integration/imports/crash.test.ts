import type { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { ScanCommand } from "@aws-sdk/lib-dynamodb";
import { openImports } from "@shangji/aws/imports/open-imports";
import { ImportOptions } from "@shangji/contracts/imports/schemas";
import type { ImportFiles } from "@shangji/core/imports/ports";
import type { StepDeps } from "@shangji/core/imports/steps/deps";
import { finishImport } from "@shangji/core/imports/steps/finish-import";
import { prepareImport } from "@shangji/core/imports/steps/prepare-import";
import { runChunk } from "@shangji/core/imports/steps/run-chunk";
import { type DynamoDb, startDynamoDb } from "@shangji/testing/dynamodb";
import { importWorld, testSettings } from "@shangji/testing/imports/import-world";
import { afterAll, beforeAll, expect, test } from "vitest";

/*
 * Kills the worker before and after each call that an import makes of DynamoDB and of its files, runs the step again as the
 * workflow would, and compares with a run that nothing disturbs. In the longer file only calls that write are disturbed: a crash
 * at a read leaves what a crash before the next write leaves. Taking away the receipt of an update, the deterministic id of a new
 * record, or the condition on a part's result makes schedules fail.
 */

let db: DynamoDb;
beforeAll(async () => {
  db = await startDynamoDb();
});
afterAll(() => db.stop());

class Crash extends Error {}

type Calls = "all" | "writes";

/** Counts calls and dies at one of them. */
class Bomb {
  calls = 0;
  readonly #which: Calls;
  readonly #at: number;
  readonly #when: "before" | "after";

  constructor(which: Calls, at: number, when: "before" | "after") {
    this.#which = which;
    this.#at = at;
    this.#when = when;
  }

  async around<T>(kind: "read" | "write", call: () => Promise<T>): Promise<T> {
    if (kind === "read" && this.#which === "writes") return call();
    const mine = this.calls++ === this.#at;
    if (mine && this.#when === "before") throw new Crash();
    const answer = await call();
    if (mine) throw new Crash();
    return answer;
  }
}

function armed(client: DynamoDBDocumentClient, bomb: Bomb): DynamoDBDocumentClient {
  const send = (command: Parameters<DynamoDBDocumentClient["send"]>[0]) =>
    bomb.around(/Get|Query/.test(command.constructor.name) ? "read" : "write", () => client.send(command));
  return new Proxy(client, { get: (target, name) => (name === "send" ? send : Reflect.get(target, name)) });
}

function armedFiles(files: ImportFiles, bomb: Bomb): ImportFiles {
  return {
    ...files,
    source: (id) => bomb.around("read", () => files.source(id)),
    save: (...input) => bomb.around("write", () => files.save(...input)),
    load: (...input) => bomb.around("read", () => files.load(...input)),
    join: (...input) => bomb.around("write", () => files.join(...input)),
    async *read(...input) {
      await bomb.around("read", async () => undefined);
      yield* files.read(...input);
    },
  };
}

/** Runs a step until it comes through, each time in a new worker that remembers nothing. */
async function insist<T>(open: () => StepDeps, step: (deps: StepDeps) => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await step(open());
    } catch (error) {
      if (!(error instanceof Crash)) throw error;
    }
  }
}

const options = ImportOptions.parse({ externalIdSource: "erp" });

/** Existing accounts to update and skip, new ones, repeated ones, parents further down, and bad rows; two rows a chunk. */
const seed = "externalId,name,industry\nE1,Old one,retail\nE2,Old two,retail\n";
const file = [
  "externalId,name,industry,parent",
  "N1,New one,retail,New four",
  "E1,Old one,banking,",
  "E2,Old two,retail,",
  "N2,,retail,",
  ",By name,retail,",
  ",by name,banking,New one",
  "N3,New three,retail,Nowhere",
  "N4,New four,retail,Old one",
].join("\n");

async function run(entity: "accounts" | "users", csv: string, first: string | undefined, bomb: Bomb) {
  const table = await db.createTable();
  const world = importWorld(table, { chunkRows: 2 });
  if (first !== undefined) await world.import(entity, first, { options });
  const id = await world.upload(entity, csv, { options });
  const open = (): StepDeps => ({
    ...openImports({
      table: { ...table, client: armed(table.client, bomb) },
      files: armedFiles(world.files, bomb),
      clock: world.clock,
      settings: testSettings,
      country: "CN",
    }),
    chunkRows: 2,
    sender: world.deps.sender,
  });
  const { chunks } = await insist(open, (deps) => prepareImport({ importId: id }, deps));
  for (const chunk of chunks) await insist(open, (deps) => runChunk(chunk, deps));
  await insist(open, (deps) => finishImport({ importId: id }, deps));
  const { status, counts } = await world.read(id);
  const { Items = [] } = await table.client.send(new ScanCommand({ TableName: table.name }));
  const records = Items.filter(({ kind }) => kind !== undefined);
  const names = new Map(records.map((record) => [record.id, record.name]));
  const named = (reference: unknown) => names.get(reference) ?? reference;
  return {
    status,
    counts,
    errors: world.files.text(id, "errors.csv"),
    records: records
      .map(({ kind, name, version, industry, parentId, teamId, managerId, externalId }) => ({
        kind,
        name,
        version,
        industry,
        externalId,
        parent: named(parentId),
        team: named(teamId),
        manager: named(managerId),
      }))
      .sort((left, right) => `${left.kind}${left.name}`.localeCompare(`${right.kind}${right.name}`)),
  };
}

const never = (which: Calls = "all") => new Bomb(which, -1, "before");

async function survives(which: Calls, entity: "accounts" | "users", csv: string, first?: string): Promise<number> {
  const counting = never(which);
  const expected = await run(entity, csv, first, counting);
  for (const when of ["before", "after"] as const) {
    for (let at = 0; at < counting.calls; at++) {
      expect(await run(entity, csv, first, new Bomb(which, at, when)), `crash ${when} call ${at}`).toEqual(expected);
    }
  }
  return counting.calls;
}

test("A6 a crash before or after any write of an import changes nothing of its result", async () => {
  const calm = await run("accounts", file, seed, never());
  expect(calm).toMatchObject({
    status: "completed",
    counts: { rows: 8, created: 3, updated: 2, skipped: 1, failed: 2 },
  });
  expect(calm.records.map(({ name, version, parent }) => [name, version, parent])).toEqual([
    ["By name", 2, "New one"],
    ["New four", 1, "Old one"],
    ["New one", 1, "New four"],
    ["Old one", 2, undefined],
    ["Old two", 1, undefined],
  ]);
  expect(await survives("writes", "accounts", file, seed)).toBeGreaterThan(15);
});

test("A6 a crash before or after any call makes no user, team or manager twice", async () => {
  const users = "name,email,manager,region\nAnna,,Eve,East\nBob,bob@x.test,Eve,East\nEve,eve@x.test,,\nCid,,Dan,West\n";
  const calm = await run("users", users, undefined, never());
  expect(calm.records.map(({ kind, name }) => `${kind} ${name}`)).toEqual([
    "team Dan",
    "team Eve",
    "user Anna",
    "user Bob",
    "user Cid",
    "user Dan",
    "user Eve",
  ]);
  expect(await survives("all", "users", users)).toBeGreaterThan(20);
});

test("A6 what people change between a crash and the second run stays as they left it", async () => {
  const table = await db.createTable();
  const world = importWorld(table);
  await world.import("accounts", "externalId,name,industry\nE1,Old,retail\n");
  const id = await world.upload("accounts", "externalId,name,industry\nE1,Old,banking\nN1,New,retail\n");
  await prepareImport({ importId: id }, world.deps);
  const dying: StepDeps = {
    ...world.deps,
    store: { ...world.deps.store, savePart: () => Promise.reject(new Crash()) },
  };
  await expect(runChunk({ importId: id, chunk: 0 }, dying)).rejects.toThrow(Crash);
  const { records, writer } = world.deps;
  const ids = await records.findByUnique("account", "externalId", ["import#E1", "import#N1"]);
  const before = [...(await records.getMany("account", [...ids.values()])).values()];
  const byHand = before.map((record, row) => ({
    type: "update" as const,
    kind: "account" as const,
    before: record,
    after: { ...record, industry: "by hand", version: record.version + 1 },
    row,
  }));
  expect(await writer.write({ importId: "by hand", chunk: 0, dryRun: false }, byHand)).toEqual(["made", "made"]);
  await runChunk({ importId: id, chunk: 0 }, world.deps);
  await finishImport({ importId: id }, world.deps);
  expect((await world.read(id)).counts).toMatchObject({ created: 1, updated: 1, skipped: 0, failed: 0 });
  const after = await records.getMany("account", [...ids.values()]);
  expect([...after.values()].map((record) => (record as { industry?: string }).industry)).toEqual([
    "by hand",
    "by hand",
  ]);
});

test("A6 two workers on the same chunk at once have the effect of one", async () => {
  const world = importWorld(await db.createTable(), { chunkRows: 20 });
  const rows = Array.from({ length: 40 }, (_, index) => `X${index},Account ${index},retail`);
  await world.import("accounts", ["externalId,name,industry", ...rows.slice(0, 10)].join("\n"));
  const id = await world.upload(
    "accounts",
    ["externalId,name,industry", ...rows].join("\n").replaceAll("retail", "banking"),
  );
  const { chunks } = await prepareImport({ importId: id }, world.deps);
  await Promise.all([...chunks, ...chunks].map((chunk) => runChunk(chunk, world.deps)));
  await finishImport({ importId: id }, world.deps);
  expect(await world.read(id)).toMatchObject({
    status: "completed",
    counts: { rows: 40, created: 30, updated: 10, failed: 0 },
  });
  const ids = await world.deps.records.findByUnique(
    "account",
    "externalId",
    rows.map((_, index) => `import#X${index}`),
  );
  const records = await world.deps.records.getMany("account", [...ids.values()]);
  expect([...records.values()].filter(({ version }) => version === 2)).toHaveLength(10);
  expect([...records.values()].filter(({ version }) => version === 1)).toHaveLength(30);
});
