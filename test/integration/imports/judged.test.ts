import { usersIn } from "@shangji/aws/dynamo/people/users";
import { pipelinesIn } from "@shangji/aws/dynamo/pipelines/pipelines";
import { openImports } from "@shangji/aws/imports/open-imports";
import type { FieldRules, Grants } from "@shangji/contracts/access/schemas";
import type { User } from "@shangji/contracts/people/schemas";
import { NewPipeline } from "@shangji/contracts/pipelines/schemas";
import { defaultRules } from "@shangji/core/access/default-policy";
import type { Viewer } from "@shangji/core/access/viewer";
import type { ImportedKind, ImportJob } from "@shangji/core/imports/job";
import { finishImport } from "@shangji/core/imports/steps/finish-import";
import { prepareImport } from "@shangji/core/imports/steps/prepare-import";
import { runChunk } from "@shangji/core/imports/steps/run-chunk";
import { createPipeline } from "@shangji/core/pipelines/create-pipeline";
import { type DynamoDb, startDynamoDb } from "@shangji/testing/dynamodb";
import { type ImportWorld, importWorld, testSettings } from "@shangji/testing/imports/import-world";
import { testContext, testViewer } from "@shangji/testing/world";
import { afterAll, beforeAll, expect, test } from "vitest";

let db: DynamoDb;
beforeAll(async () => {
  db = await startDynamoDb();
});
afterAll(() => db.stop());

interface Judged extends ImportWorld {
  /** The viewer whom Eve is, who leads the East, with other rules of managers where the test gives them. */
  eve(rules?: { grants?: Partial<Grants>; fields?: FieldRules }): Viewer;
  people: Map<string, User>;
  stored(kind: ImportedKind, externalId: string): Promise<Record<string, unknown> | undefined>;
}

/** Eve leads Anna in the East, Max leads Wil in the West. */
async function open(options: { chunkRows?: number } = {}): Promise<Judged> {
  const table = await db.createTable();
  const world = importWorld(table, options);
  let next = 0;
  const stages = [
    { name: { en: "Prospecting" }, type: "open" },
    { name: { en: "Engaging" }, type: "open" },
    { name: { en: "Won" }, type: "won" },
    { name: { en: "Lost" }, type: "lost" },
  ];
  await createPipeline(NewPipeline.parse({ name: { en: "Sales" }, isDefault: true, stages }), {
    pipelines: pipelinesIn(table, world.clock),
    stageIds: () => `stg_${String(++next).padStart(10, "0")}`,
    context: testContext({ clock: world.clock }),
  });
  await world.import("users", "name,manager,region\nEve,Eve,East\nAnna,Eve,East\nMax,Max,West\nWil,Max,West\n");
  const { users } = await world.deps.records.directories();
  const people = new Map(users.map((user) => [user.name, user]));
  const { id = "", teamId = "" } = people.get("Eve") ?? {};
  return {
    ...world,
    people,
    eve({ grants = {}, fields } = {}) {
      const viewer = testViewer({ role: "manager", userId: id, teamId });
      const roles = { ...defaultRules.roles, manager: { ...defaultRules.roles.manager, ...grants } };
      return { ...viewer, rules: { roles, ...(fields ? { fields: { manager: fields } } : {}) } };
    },
    async stored(kind, externalId) {
      const [found] = await world.deps.records.findByUnique(kind, "externalId", [`import#${externalId}`]);
      const record = found && (await world.deps.records.getMany(kind, [found[1]])).get(found[1]);
      return record as Record<string, unknown> | undefined;
    },
  };
}

const reasons = (errors: readonly string[]) => errors.slice(1).map((line) => line.split(",").slice(-2).join(","));
const notMine = "forbidden: your role does not cover this record";
const notThere = "forbidden: your role may not add a record of this owner";
const taken = "duplicate_value: externalId: another record has this value";
const own = { read: "own", create: "own", update: "own", delete: "none" } as const;

test("A6 H3 rows of a file are judged one by one: what its sender may not write fails, and the others go on", async () => {
  const world = await open();
  await world.import("accounts", "name,externalId,owner\nAcme,A1,Anna\nBeta,A2,Wil\n");
  world.sendAs(world.eve());
  const file = [
    "name,externalId,owner,industry",
    "Acme,A1,,retail", // of her team
    "Beta,A2,,retail", // of another one: she may read it
    "Beta,A2,,", // as it is: nothing to write
    "Ceta,A3,Anna,",
    "Deta,A4,Wil,",
    "Eta,A5,,", // nobody's for an admin
    "Zeta,A6,Nobody,",
  ].join("\n");
  const done = await world.import("accounts", file);
  expect(done).toMatchObject({
    status: "completed",
    counts: { rows: 7, created: 2, updated: 1, skipped: 1, failed: 3 },
  });
  expect(reasons(done.errors)).toEqual([`3,${notMine}`, `6,${notThere}`, "8,owner: there is no record “Nobody”"]);
  expect(await world.stored("account", "A1")).toMatchObject({ industry: "retail" });
  expect(await world.stored("account", "A2")).not.toHaveProperty("industry");
  const eve = world.people.get("Eve");
  expect(await world.stored("account", "A5")).toMatchObject({ ownerId: eve?.id, teamId: eve?.teamId });
  expect(await world.stored("account", "A4")).toBeUndefined();
});

test("A6 H3 a trial run refuses the same rows and writes none", async () => {
  const world = await open();
  await world.import("accounts", "name,externalId,owner\nBeta,A2,Wil\n");
  world.sendAs(world.eve());
  const file = "name,externalId,owner,industry\nBeta,A2,,retail\nCeta,A3,Anna,\nDeta,A4,Wil,\n";
  const trial = await world.import("accounts", file, { dryRun: true });
  expect(trial.counts).toMatchObject({ created: 1, updated: 0, failed: 2 });
  expect(reasons(trial.errors)).toEqual([`2,${notMine}`, `4,${notThere}`]);
});

test("A6 H3 a record that the sender may not see is no other than a missing one", async () => {
  const world = await open();
  await world.import("accounts", "name,externalId,owner\nSecret,S1,Wil\nMine,M1,Eve\nTwin,,Wil\nS1,M2,Eve\n");
  await world.import("accounts", "name,externalId,owner\nTwin,T2,Eve\n");
  const hidden = (await world.stored("account", "S1"))?.id;
  world.sendAs(world.eve({ grants: { account: own, contact: own } }));
  const rows = ["Secret", String(hidden), "acc_01JD7Z3Q5V9W0X2Y4Z6A8B0C1D", "Nothing", "Mine", "Twin", "S1"];
  const file = ["name,externalId,account", ...rows.map((account, row) => `Person ${row},C${row},${account}`)].join(
    "\n",
  );
  for (const dryRun of [true, false]) {
    const done = await world.import("contacts", file, { dryRun });
    expect(done.counts).toMatchObject({ created: 3, failed: 4 });
    expect(reasons(done.errors)).toEqual(
      rows.slice(0, 4).map((account, row) => `${row + 2},account: there is no record “${account}”`),
    );
  }
  const accountOf = async (contact: string) => (await world.stored("contact", contact))?.accountId;
  expect(await accountOf("C5")).toBe((await world.stored("account", "T2"))?.id);
  // Of another's record the text is the external id, of the own one the name.
  expect(await accountOf("C6")).toBe((await world.stored("account", "M2"))?.id);
});

test("A6 H3 neither by its external id nor by its name is another's record met, and of its values a file tells what the API tells", async () => {
  const world = await open();
  await world.import("accounts", "name,externalId,owner,phone\nSecret,S1,Wil,+86 138 0013 8000\nNamed,,Wil,\n");
  world.sendAs(world.eve({ grants: { account: own } }));
  const file = "name,externalId,industry,phone\nGuess,S1,retail,\nNamed,,retail,\nThird,X3,,+86 138 0013 8000\n";
  const done = await world.import("accounts", file);
  expect(reasons(done.errors)).toEqual([`2,${taken}`]);
  // Of likely duplicates only those are counted that the sender may see.
  expect(done.counts).toMatchObject({ created: 2, failed: 1, duplicates: 0 });
  expect(await world.stored("account", "S1")).toMatchObject({ name: "Secret", version: 1 });
  const skipping = await world.import("accounts", "name,externalId\nGuess,S1\n", {
    options: {
      dateFormat: "iso",
      encoding: "auto",
      delimiter: ",",
      externalIdSource: "import",
      onExisting: "skip",
      createMissing: [],
    },
  });
  expect(reasons(skipping.errors)).toEqual([`2,${taken}`]);
});

test("A6 H3 a record that is shared with the sender to be changed is changed by a row, one that is shared to be read is not", async () => {
  const world = await open();
  await world.import("contacts", "name,externalId,owner\nLent,L1,Wil\nShown,L2,Wil\n");
  const idOf = async (externalId: string) => String((await world.stored("contact", externalId))?.id);
  const shares = [
    { recordId: await idOf("L1"), level: "write" as const },
    { recordId: await idOf("L2"), level: "read" as const },
  ];
  world.sendAs({ ...world.eve({ grants: { contact: own } }), shares });
  const done = await world.import("contacts", "name,externalId,title\nLent,L1,CTO\nShown,L2,CTO\n");
  expect(done.counts).toMatchObject({ updated: 1, failed: 1 });
  expect(reasons(done.errors)).toEqual([`3,${notMine}`]);
});

test("A6 H3 who may not change all deals brings in their past, and tells none anew", async () => {
  const world = await open();
  const header = "name,externalId,owner,stage,openedAt,closedAt,amount";
  await world.import("opportunities", `${header}\nFirst,O1,Anna,Engaging,2026-01-05,,100\nOther,O2,Wil,,,,100\n`);
  world.sendAs(world.eve());
  const file = [
    header,
    "First,O1,,,,,250", // the amount alone
    "First,O1,,Won,2026-01-05,2026-02-01,", // its past
    "First,O1,,Engaging,2026-01-05,,250", // as it is
    "Old,O3,Anna,Won,2025-01-05,2025-03-01,900",
    "Other,O2,,,,,250", // she may not even see it
    "New,O4,Wil,,,,1",
    "Mine,O5,,,,,1",
  ].join("\n");
  const done = await world.import("opportunities", file);
  expect(reasons(done.errors)).toEqual([
    "3,stage_not_editable: a deal moves by transitions and keeps its past for your role",
    `6,${taken}`,
    `7,${notThere}`,
  ]);
  expect(done.counts).toMatchObject({ created: 2, updated: 1, skipped: 1, failed: 3 });
  expect(await world.stored("opportunity", "O1")).toMatchObject({ amountMinor: 25_000, status: "open" });
  expect(await world.stored("opportunity", "O2")).toMatchObject({ version: 1 });
  expect(await world.stored("opportunity", "O5")).toMatchObject({ ownerId: world.people.get("Eve")?.id });
});

test("A6 H3 a lead that its sender may not add for nobody is the sender's", async () => {
  const world = await open();
  world.sendAs(world.eve());
  const done = await world.import("leads", "name,externalId,owner\nLi,L1,\nHan,L2,Anna\nWang,L3,Wil\n");
  expect(reasons(done.errors)).toEqual([`4,${notThere}`]);
  expect(await world.stored("lead", "L1")).toMatchObject({ ownerId: world.people.get("Eve")?.id, status: "assigned" });
});

test("A6 H3 a field that the sender may not write fails the rows that give it a value, and the request whose mapping names it", async () => {
  const world = await open();
  const fields = { account: { phone: "readOnly", annualRevenueMinor: "hidden" } } as const;
  world.sendAs(world.eve({ fields }));
  const file = "name,externalId,手机,annualRevenueMillions,industry\nA,1,13800138000,,\nB,2,,7,\nC,3,,,retail\n";
  const done = await world.import("accounts", file);
  expect(reasons(done.errors)).toEqual([
    "2,field_not_allowed: your role may not write “手机”",
    "3,field_not_allowed: your role may not write “annualRevenueMillions”",
  ]);
  expect(done.counts).toMatchObject({ created: 1, failed: 2 });
  const mapping = {
    columns: { a: "name", b: ["phone", "region"].map((field) => ({ field })) },
    constants: { annualRevenue: "7" },
  };
  await expect(world.upload("accounts", "a,b\nA,1\n", { mapping })).rejects.toMatchObject({
    code: "field_not_allowed",
    errors: [{ pointer: "/body/mapping/columns/b" }, { pointer: "/body/mapping/constants/annualRevenue" }],
  });
  const harmless = { columns: { a: "name", b: "region" }, constants: {} };
  expect((await world.import("accounts", "a,b\nMapped,East\n", { mapping: harmless })).counts.created).toBe(1);
});

test("A6 H3 an account whose external ids are hidden is not found by them", async () => {
  const world = await open();
  await world.import("accounts", "name,externalId,owner\nMine,M1,Eve\n");
  world.sendAs(world.eve({ fields: { account: { externalId: "hidden" } } }));
  const done = await world.import("contacts", "name,account\nOne,M1\nTwo,Mine\n");
  expect(reasons(done.errors)).toEqual(["2,account: there is no record “M1”"]);
});

test("A6 H8 who may not read users names owners by id alone, as to the API", async () => {
  const world = await open();
  const none = { ...defaultRules.roles.manager.user, read: "none" as const };
  const anna = world.people.get("Anna")?.id ?? "";
  world.sendAs(world.eve({ grants: { user: none } }));
  const done = await world.import("accounts", `name,externalId,owner\nA,1,Anna\nB,2,${anna}\n`);
  expect(reasons(done.errors)).toEqual(["2,owner: there is no record “Anna”"]);
  expect(await world.stored("account", "2")).toMatchObject({ ownerId: anna });
});

class Crash extends Error {}

test.each([
  ["may not enter", () => undefined, "whoever sent the import may not enter any more"],
  ["may not import", importing("none"), "whoever sent the import may not import any more"],
])(
  "A6 when a sender %s any more, rows that are in stay and are told of, and the rest fails with the reason",
  async (_what, later, why) => {
    const world = await open({ chunkRows: 4 });
    await world.import("contacts", "name,externalId,owner\nOld,K1,Anna\n");
    world.sendAs(world.eve());
    // The first of them is known by nothing but its row.
    const rows = ["New,,,", "Old,K1,,CTO", "New,K2,,", "Bad,K3,Wil,", "New,K4,,", "Old,K1,,CFO"];
    const id = await world.upload("contacts", ["name,externalId,owner,title", ...rows].join("\n"));
    const { chunks } = await prepareImport({ importId: id }, world.deps);
    const savePart = () => Promise.reject(new Crash());
    const dying = { ...world.deps, store: { ...world.deps.store, savePart } };
    await expect(runChunk({ importId: id, chunk: 0 }, dying)).rejects.toThrow(Crash);
    world.sendAs(later(world));
    for (const chunk of chunks) await runChunk(chunk, world.deps);
    await finishImport({ importId: id }, world.deps);
    const { status, counts } = await world.read(id);
    expect({ status, ...counts }).toMatchObject({ status: "completed", rows: 6, created: 2, updated: 1, failed: 3 });
    const errors = world.files.text(id, "errors.csv")?.split("\r\n").slice(0, -1) ?? [];
    expect(reasons(errors)).toEqual([5, 6, 7].map((row) => `${row},forbidden: ${why}`));
    expect(await world.stored("contact", "K1")).toMatchObject({ title: "CTO" });
  },
);

function importing(create: "none") {
  return (world: Judged) => world.eve({ grants: { import: { ...defaultRules.roles.manager.import, create } } });
}

test("A6 H3 the sender is who they are when the rows are written, with the key that they sent them by", async () => {
  const table = await db.createTable();
  const world = importWorld(table);
  const { sender } = openImports({
    table,
    files: world.files,
    clock: world.clock,
    settings: testSettings,
    country: "CN",
  });
  await world.import("users", "name,email,role\nAda,ada@x.test,admin\nMia,mia@x.test,manager\n");
  const { users } = await world.deps.records.directories();
  const mia = users.find(({ name }) => name === "Mia");
  const job = (createdBy: string, keyId?: string) => ({ createdBy, keyId }) as ImportJob;
  const seen = await sender(job(mia?.id ?? ""));
  expect(seen?.actor).toMatchObject({ userId: mia?.id, role: "manager" });
  const store = usersIn(table, world.clock);
  const before = await store.get(mia?.id ?? "");
  if (!before) throw new Error("no Mia");
  await store.update(before, { ...before, active: false, version: before.version + 1 });
  expect(await sender(job(before.id))).toBeUndefined();
  expect(await sender(job("usr_01JD7Z3Q5V9W0X2Y4Z6A8B0C1D"))).toBeUndefined();
  // A machine without the key that it sent the file by.
  expect(await sender(job("svc_01JD7Z3Q5V9W0X2Y4Z6A8B0C1D"))).toBeUndefined();
});
