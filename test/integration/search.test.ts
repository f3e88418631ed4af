import { DeleteCommand, PutCommand } from "@aws-sdk/lib-dynamodb";
import { accountShape, accountsIn } from "@shangji/aws/dynamo/accounts/accounts";
import type { Table } from "@shangji/aws/dynamo/kit/client";
import { createItem } from "@shangji/aws/dynamo/kit/record-store";
import { outdatedRecords, strayEntries } from "@shangji/aws/dynamo/search/compare-index";
import { entryItems, entryKeys } from "@shangji/aws/dynamo/search/entry-items";
import { indexRecords } from "@shangji/aws/dynamo/search/index-records";
import { rebuildIndex } from "@shangji/aws/dynamo/search/rebuild-index";
import { searchIndexIn } from "@shangji/aws/dynamo/search/search-index";
import { putSearchMarker } from "@shangji/aws/dynamo/search/search-markers";
import { searchTableDefinition } from "@shangji/aws/dynamo/search/search-table";
import { isIndexWhole } from "@shangji/aws/dynamo/search/whole-index";
import { writeEntries } from "@shangji/aws/dynamo/search/write-entries";
import type { Account } from "@shangji/contracts/accounts/schemas";
import { guardRecords } from "@shangji/core/access/guard-records";
import type { Viewer } from "@shangji/core/access/viewer";
import type { ListPosition, Stored } from "@shangji/core/kit/record";
import { type IndexedState, indexedState } from "@shangji/core/search/indexed-state";
import { placeOf } from "@shangji/core/search/place";
import { searchRecords } from "@shangji/core/search/search-records";
import { type DynamoDb, startDynamoDb } from "@shangji/testing/dynamodb";
import { searchIndexConformance } from "@shangji/testing/search-index-conformance";
import { testViewer } from "@shangji/testing/world";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { indexChanges } from "../../functions/analytics/index-changes.ts";

let engine: DynamoDb;
let table: Table;
const pause = async () => undefined;

beforeAll(async () => {
  engine = await startDynamoDb();
});
afterAll(() => engine.stop());
beforeEach(async () => {
  table = await engine.createTable({ definition: searchTableDefinition });
});

const at = "2026-11-02T08:30:00.000Z";
const change = { actorId: "usr_1", at, command: "x", source: "api", requestId: "r" } as const;

function account(number: number, fields: Partial<Stored<Account>> = {}): Stored<Account> {
  const id = `acc_${String(number).padStart(26, "0")}`;
  return { id, name: "华为 renewal", tags: [], version: 1, createdAt: at, updatedAt: at, change, ...fields };
}

const stateOf = (record: Stored<Account>) => indexedState("account", { ...record });

async function* each<T>(items: readonly T[]): AsyncGenerator<T> {
  yield* items;
}

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const item of items) found.push(item);
  return found;
}

const differences = async (records: readonly Stored<Account>[]) => ({
  outdated: (await all(outdatedRecords(each(records.map(stateOf)), { table, pause }))).map(({ state }) => state.id),
  strays: (await all(strayEntries({ table, pause }))).map(({ pk, sk }) => `${pk} ${sk}`),
});

describe("the lists of the index in the table", () => {
  searchIndexConformance(async (states) => {
    await indexRecords(states, { table, pause });
    return searchIndexIn(table);
  });
});

describe("A3 the index follows the stream", () => {
  const images = (before: Stored<Account> | undefined, after: Stored<Account>) => ({
    sequenceNumber: String(after.version),
    at: new Date(at),
    before: before && createItem(table, accountShape, before).Put?.Item,
    after: createItem(table, accountShape, after).Put?.Item,
  });

  test("through creation, new name, new owner, deletion; an old image that comes again brings nothing back", async () => {
    const first = account(1, { ownerId: "usr_1", teamId: "team_1" });
    const renamed = { ...first, version: 2, name: "联想 renewal" };
    const moved = { ...renamed, version: 3, ownerId: "usr_2", teamId: "team_2" };
    const deleted = { ...moved, version: 4, deletedAt: at };
    const index = searchIndexIn(table);
    const held = async () => {
      const places: string[] = [];
      for (const key of ["t:华为", "t:联想", "t:rene"]) {
        for (const lane of [{ by: "all" }, { by: "owner", id: "usr_1" }, { by: "team", id: "team_2" }] as const) {
          const { entries } = await index.read({ kind: "account", key, lane }, { most: 9 });
          if (entries.length > 0) places.push(`${key} ${"id" in lane ? lane.id : "all"}`);
        }
      }
      return places;
    };
    const steps = [
      [undefined, first, ["t:华为 all", "t:华为 usr_1", "t:rene all", "t:rene usr_1"]],
      [first, renamed, ["t:联想 all", "t:联想 usr_1", "t:rene all", "t:rene usr_1"]],
      [renamed, moved, ["t:联想 all", "t:联想 team_2", "t:rene all", "t:rene team_2"]],
      [moved, deleted, []],
    ] as const;
    for (const [before, after, expected] of steps) {
      await indexChanges([images(before, after)], { table, pause });
      expect(await held()).toEqual(expected);
      for (const [old, older] of [
        [undefined, first],
        [first, renamed],
      ] as const) {
        if (older.version < after.version) await indexChanges([images(old, older)], { table, pause });
      }
      expect(await held()).toEqual(expected);
    }
    expect(await differences([deleted])).toEqual({ outdated: [], strays: [] });
  });

  test("and is not touched by a change of nothing that it holds", async () => {
    const sent: string[] = [];
    const send = async (command: object) => {
      sent.push(command.constructor.name);
      return table.client.send(command as never);
    };
    const watched = { ...table, client: { send } as unknown as Table["client"] };
    const before = account(1, { ownerId: "usr_1" });
    const after = { ...before, version: 2, region: "华东", tags: ["new"], employees: 5 };
    await indexChanges([images(before, after)], { table: watched, pause });
    expect(sent).toEqual([]);
    await indexChanges([images(undefined, before)], { table: watched, pause });
    expect(sent).toEqual(["BatchGetCommand", "TransactWriteCommand", "BatchWriteCommand", "BatchGetCommand"]);
  });
});

test("A3 a check tells what the index lacks and what it has too much, and a rebuild mends it", async () => {
  const records = Array.from({ length: 6 }, (_, number) => account(number, { ownerId: "usr_1" }));
  const [whole, lacking, unnamed, misnamed, renamed, deleted] = records as [Stored<Account>, ...Stored<Account>[]] &
    typeof records;
  if (!lacking || !unnamed || !misnamed || !renamed || !deleted) throw new Error("six");
  await indexRecords(records.filter((each) => each !== unnamed).map(stateOf), { table, pause });
  expect(await differences([whole, lacking, misnamed, renamed, deleted])).toEqual({ outdated: [], strays: [] });

  const [missing] = entryKeys(stateOf(lacking));
  await table.client.send(new DeleteCommand({ TableName: table.name, Key: { ...missing } }));
  await table.client.send(
    new PutCommand({ TableName: table.name, Item: { pk: "search#account#t:长城", sk: `${placeOf(whole.id)}#1` } }),
  );
  await table.client.send(
    new PutCommand({ TableName: table.name, Item: { pk: "search#account#t:长城", sk: "0#acc#1" } }),
  );
  const other: IndexedState = { ...stateOf(misnamed), document: { name: "长江" } };
  const { Put } = putSearchMarker(table, misnamed.id, { before: undefined, after: { version: 1, states: [other] } });
  await table.client.send(new PutCommand({ TableName: table.name, Item: Put?.Item }));
  const now = [
    whole,
    lacking,
    unnamed,
    misnamed,
    { ...renamed, version: 2, name: "黄河" },
    { ...deleted, version: 3, deletedAt: at },
  ];

  const before = await differences(now);
  expect(before.outdated.sort()).toEqual([lacking, unnamed, misnamed, renamed, deleted].map(({ id }) => id).sort());
  expect(before.strays).toHaveLength(2 + entryKeys(stateOf(misnamed)).length);
  await rebuildIndex(each(now.map(stateOf)), { table, pause });
  expect(await differences(now)).toEqual({ outdated: [], strays: [] });
  expect(await rebuildIndex(each(now.map(stateOf)), { table, pause })).toEqual({ mended: 0, removed: 0 });
});

describe("A3 one pass over the index tells that it is whole", () => {
  const records = Array.from({ length: 4 }, (_, number) => account(number, { ownerId: "usr_1" }));
  const [first, second] = records as [Stored<Account>, Stored<Account>];
  const isWhole = (now: readonly Stored<Account>[]) => isIndexWhole(each(now.map(stateOf)), table);
  const put = (Item: Record<string, unknown> | undefined) =>
    table.client.send(new PutCommand({ TableName: table.name, Item }));
  beforeEach(() => indexRecords(records.map(stateOf), { table, pause }));

  test("in any order, after changes of nothing that it holds, with a record that is gone", async () => {
    expect(await isWhole(records)).toBe(true);
    const gone = { ...second, version: 2, deletedAt: at };
    await indexRecords([stateOf(gone)], { table, pause });
    expect(await isWhole([gone, ...records.toReversed().filter(({ id }) => id !== second.id)])).toBe(true);
    const untouched = { ...first, version: 2, employees: 7 };
    expect(await isWhole([untouched, gone, ...records.slice(2)])).toBe(true);
  });

  const [entry] = entryItems(stateOf(first));
  const other: IndexedState = { ...stateOf(first), document: { name: "长江" } };
  const marker = (state: IndexedState) =>
    putSearchMarker(table, state.id, { before: undefined, after: { version: state.version, states: [state] } }).Put
      ?.Item;
  test.each<[string, () => Promise<unknown>, Stored<Account>[]]>([
    [
      "an entry that it lacks",
      () =>
        table.client.send(
          new DeleteCommand({ TableName: table.name, Key: { pk: String(entry?.pk), sk: String(entry?.sk) } }),
        ),
      records,
    ],
    ["an entry of nothing", () => put({ ...entry, sk: "0#acc#1" }), records],
    ["an entry made of something else", () => put({ ...entry, ownerId: "usr_2" }), records],
    ["a marker of something else", () => put(marker(other)), records],
    ["a record that it has not", async () => undefined, [...records, account(9)]],
    ["a record that is not there", async () => undefined, records.slice(1)],
    ["a record that has another name", async () => undefined, [{ ...first, name: "黄河" }, ...records.slice(1)]],
  ])("or has, or lacks, %s", async (_, change, now) => {
    await change();
    expect(await isWhole(now)).toBe(false);
  });
});

describe("A3 at volume", () => {
  const count = 1_500;
  /** Every word and pair of letters is in every name but the number, and few of the records are the caller's. */
  const records = Array.from({ length: count }, (_, number) =>
    account(number, {
      name: `华为技术有限公司 renewal ${number}`,
      phone: `+86 138 0013 ${String(number).padStart(4, "0")}`,
      ...(number % 150 === 7
        ? { ownerId: "usr_1" }
        : { ownerId: `usr_${2 + (number % 9)}`, teamId: `team_${number % 100}` }),
    }),
  );
  /** Of the lists only those that are asked for: all of them would take a minute to write. */
  const asked = /#t:(限公|rene|1234)$|#p:(138|~1234)$/;
  let volume: Table;
  let lists: Table;
  let units = 0;

  beforeAll(async () => {
    volume = await engine.createTable();
    lists = await engine.createTable({ definition: searchTableDefinition });
    const entries = records.flatMap((record) => entryItems(stateOf(record))).filter(({ pk }) => asked.test(String(pk)));
    const puts = records.map((record) => ({
      PutRequest: { Item: createItem(volume, accountShape, record).Put?.Item },
    }));
    await writeEntries(puts, { table: volume, pause });
    await writeEntries(
      entries.map((Item) => ({ PutRequest: { Item } })),
      { table: lists, pause },
    );
  });

  /** One page, and what the engine says that it has cost. */
  async function page(q: string, viewer: Viewer, after?: ListPosition, limit = 20) {
    units = 0;
    const send = async (command: { input: object }) => {
      const metered = Object.assign(command, { input: { ...command.input, ReturnConsumedCapacity: "TOTAL" } });
      const answer = (await volume.client.send(metered as never)) as { ConsumedCapacity?: Capacity | Capacity[] };
      for (const { CapacityUnits = 0 } of [answer.ConsumedCapacity ?? []].flat()) units += CapacityUnits;
      return answer;
    };
    const metered = { ...volume, client: { send } as unknown as Table["client"] };
    const store = guardRecords(accountsIn(metered), "account", viewer);
    const found = await searchRecords(
      { query: { q, entity: ["account"], limit }, after },
      {
        index: searchIndexIn({ ...metered, name: lists.name }),
        records: { account: store, contact: store, opportunity: store } as never,
        viewer,
      },
    );
    expect(units).toBeGreaterThan(0);
    expect(units).toBeLessThanOrEqual(30);
    return found;
  }

  const everyone = testViewer();
  const rules = (read: "own" | "subordinates") => {
    const { admin } = everyone.rules.roles;
    return { roles: { ...everyone.rules.roles, rep: { ...admin, account: { ...admin.account, read } } } };
  };
  const own = { ...testViewer({ userId: "usr_1", role: "rep" }), rules: rules("own") };
  const teams = Array.from({ length: 40 }, (_, team) => `team_${team * 2}`);
  const leader = { ...testViewer({ userId: "usr_0", role: "rep", ledTeamIds: teams }), rules: rules("subordinates") };

  test("a page of what everything has in common is the newest twenty, for thirty read units at most, as are the next", async () => {
    for (const q of ["限公", "renewal", "限公 renewal", "138"]) {
      let after: ListPosition | undefined;
      for (let number = 0; number < 3; number++) {
        const { items, next } = await page(q, everyone, after);
        const from = number * 20 + 1;
        expect(items.map(({ id }) => Number(id.slice(4)))).toEqual(
          Array.from({ length: 20 }, (_, nth) => count - from - nth),
        );
        after = next;
      }
    }
  });

  test("a rare word beside common ones takes one page, whatever comes first", async () => {
    for (const q of ["1234", "限公 1234", "renewal 1234", "renewal 限公 1234"]) {
      const { items, next } = await page(q, everyone);
      expect([q, items.map(({ id }) => id), next]).toEqual([q, [records[1234]?.id], undefined]);
    }
  });

  test("what is the caller's own among very many of others is read from a list of its own", async () => {
    const mine = records
      .filter(({ ownerId }) => ownerId === "usr_1")
      .map(({ id }) => id)
      .reverse();
    const { items } = await page("限公", own);
    expect(items.map(({ id }) => id)).toEqual(mine);
    expect(units).toBeLessThanOrEqual(10);
  });

  test("forty teams are found in everybody's list, page by page, none else and none left out", async () => {
    const expected = records
      .filter(({ teamId = "" }) => teams.includes(teamId))
      .map(({ id }) => id)
      .reverse();
    const found: string[] = [];
    let after: ListPosition | undefined;
    do {
      const { items, next } = await page("限公", leader, after);
      found.push(...items.map(({ id }) => id));
      after = next;
    } while (after && found.length < 100);
    expect(found).toEqual(expected.slice(0, found.length));
    expect(found.length).toBeGreaterThanOrEqual(100);
  });
});

interface Capacity {
  CapacityUnits?: number;
}
