import type { User } from "@shangji/contracts/people/schemas";
import { type DynamoDb, startDynamoDb } from "@shangji/testing/dynamodb";
import { type ImportWorld, importWorld } from "@shangji/testing/imports/import-world";
import { afterAll, beforeAll, expect, test } from "vitest";

let db: DynamoDb;
beforeAll(async () => {
  db = await startDynamoDb();
});
afterAll(() => db.stop());

const open = async (options: { chunkRows?: number } = {}) => importWorld(await db.createTable(), options);

/** Everybody by name: role and team. */
async function staff({ deps }: ImportWorld) {
  const { users, teams } = await deps.records.directories();
  const teamOf = (user: User) => teams.find(({ id }) => id === user.teamId)?.name;
  return users.map((user) => `${user.name}: ${user.role} in ${teamOf(user)}`).sort();
}

const sales = "name,manager,region\nAnna,Dustin,Central\nBoris,Summer,West\nCecily,Dustin,Central\n";

test("A6 teams are made after the managers that lead them, with their region, once each", async () => {
  const world = await open({ chunkRows: 1 });
  expect(await world.import("users", sales)).toMatchObject({ status: "completed", counts: { created: 3, failed: 0 } });
  expect(await staff(world)).toEqual([
    "Anna: rep in Dustin",
    "Boris: rep in Summer",
    "Cecily: rep in Dustin",
    "Dustin: manager in Dustin",
    "Summer: manager in Summer",
  ]);
  const { teams, users } = await world.deps.records.directories();
  const lead = users.find(({ name }) => name === "Dustin");
  expect(teams.find(({ name }) => name === "Dustin")).toMatchObject({ region: "Central", managerId: lead?.id });
});

test("A6 names are the same in any case and spacing; the first spelling stays", async () => {
  const world = await open();
  await world.import("users", "name,manager\nAnna,Dustin  Brinkmann\nBob, dustin brinkmann\n");
  expect((await world.import("users", "name\nANNA\n")).counts).toMatchObject({ skipped: 1 });
  const team = "Dustin  Brinkmann";
  expect(await staff(world)).toEqual([`Anna: rep in ${team}`, `Bob: rep in ${team}`, `${team}: manager in ${team}`]);
});

test("A6 a second run of the same file changes nothing and counts every row as skipped", async () => {
  const world = await open();
  await world.import("users", sales);
  const before = await world.deps.records.directories();
  expect((await world.import("users", sales)).counts).toEqual({
    rows: 3,
    created: 0,
    updated: 0,
    skipped: 3,
    failed: 0,
    duplicates: 0,
  });
  expect(await world.deps.records.directories()).toEqual(before);
});

test("A6 a manager who has a row of their own is one person, wherever the row stands and whatever names them", async () => {
  for (const chunkRows of [1, 10]) {
    const world = await open({ chunkRows });
    const file =
      "externalId,name,email,role,team,manager\n1,Anna,anna@x.test,rep,East,Eve\n2,Eve,eve@x.test,manager,East,\n3,Bob,bob@x.test,rep,East,Eve\n";
    const result = await world.import("users", file);
    expect(result.errors).toEqual([]);
    expect(await staff(world)).toEqual(["Anna: rep in East", "Bob: rep in East", "Eve: manager in East"]);
    const { users } = await world.deps.records.directories();
    expect(users.find(({ name }) => name === "Eve")).toMatchObject({ email: "eve@x.test", externalId: { id: "2" } });
    expect((await world.import("users", file)).counts).toMatchObject({ skipped: 3 });
  }
});

test("A6 two people of one name with different addresses are two people; without an address it is one", async () => {
  const world = await open({ chunkRows: 1 });
  const result = await world.import("users", "name,email\n张伟,a@x.test\n张伟,b@x.test\n李四,\n 李四,\n");
  expect(result.counts).toEqual({ rows: 4, created: 3, updated: 0, skipped: 1, failed: 0, duplicates: 0 });
});

test("A6 nobody is made who may not be made", async () => {
  const world = await open();
  const options = {
    dateFormat: "iso",
    encoding: "auto",
    delimiter: ",",
    externalIdSource: "hr",
    onExisting: "update",
    createMissing: [],
  } as const;
  const result = await world.import("users", "name,team,manager\nAnna,East,\nBob,,Eve\nCleo,,\n", {
    options: { ...options, createMissing: [] },
  });
  expect(result.counts).toMatchObject({ created: 1, failed: 2 });
  expect(result.errors.slice(1)).toEqual([
    "Anna,East,,2,team: there is no record “East”",
    "Bob,,Eve,3,manager: there is no record “Eve”",
  ]);
  expect(await staff(world)).toEqual(["Cleo: rep in undefined"]);
});

test("A6 bad rows of users say everything that is wrong with them", async () => {
  const world = await open();
  const result = await world.import("users", "name,email,role\n,nobody,king\nAnna,anna@x.test,销售\n");
  expect(result.counts).toMatchObject({ created: 1, failed: 1 });
  expect(result.errors[1]).toMatch(/^,nobody,king,2,"?name: .*; email: .*; role: /);
});
