import type { Account } from "@shangji/contracts/accounts/schemas";
import { isVisible } from "@shangji/core/access/viewer";
import { newRecord } from "@shangji/core/kit/new-record";
import type { Lane, LaneStore, RecordStore, Stored } from "@shangji/core/kit/record";
import { bury, revise } from "@shangji/core/kit/revise";
import { describe, expect, test } from "vitest";
import { type TestClock, testClock, testContext } from "./world.ts";

export type AccountStore = RecordStore<Account> & LaneStore<Account>;

const owner = (tail: string) => `usr_${tail.padStart(26, "0")}`;
const team = (tail: string) => `team_${tail.padStart(26, "0")}`;

/** What every store of records promises. `open` gives an empty one. */
export function recordStoreConformance(name: string, open: () => Promise<AccountStore>): void {
  describe(name, () => {
    describeRecords(open);
    describeUniques(open);
    describeLanes(open);
  });
}

function maker() {
  const clock: TestClock = testClock();
  const context = testContext({ clock });
  const stamp = { context, command: "test" };
  return {
    clock,
    account: (fields: Partial<Account> = {}): Stored<Account> =>
      newRecord<Account>("account", { name: "Acme", tags: [], ...fields }, stamp),
    changed: (before: Stored<Account>, patch: Record<string, unknown>) => revise(before, patch, stamp),
    buried: (before: Stored<Account>) => bury(before, context, "test"),
  };
}

function describeRecords(open: () => Promise<AccountStore>): void {
  test("gives back what was created, field by field", async () => {
    const store = await open();
    const account = maker().account({ industry: "software", ownerId: owner("1"), tags: ["a", "b"], employees: 0 });
    await store.create(account);
    expect(await store.get(account.id)).toEqual(account);
    expect(await store.getMany([account.id, account.id, "acc_none"])).toEqual(new Map([[account.id, account]]));
  });

  test("a field that is cleared is gone, and the owner's lane with it", async () => {
    const store = await open();
    const { account, changed } = maker();
    const before = account({ industry: "software", ownerId: owner("1"), teamId: team("1") });
    await store.create(before);
    await store.update(before, changed(before, { industry: null, ownerId: null, teamId: null }));
    expect(await store.get(before.id)).not.toHaveProperty("industry");
    expect(await store.get(before.id)).not.toHaveProperty("ownerId");
    expect((await store.list({ by: "owner", id: owner("1") }, { limit: 10 })).items).toEqual([]);
    expect((await store.list({ by: "all", teamIds: [] }, { limit: 10 })).items).toHaveLength(1);
  });

  test("of two writers who read the same version, one wins and one meets a conflict", async () => {
    const store = await open();
    const { account, changed } = maker();
    const before = account();
    await store.create(before);
    const writes = [changed(before, { name: "One" }), changed(before, { name: "Two" })];
    const results = await Promise.allSettled(writes.map((after) => store.update(before, after)));
    expect(results.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(results.find((result) => result.status === "rejected")?.reason).toMatchObject({ code: "conflict" });
    expect((await store.get(before.id))?.version).toBe(2);
  });

  test("a deleted record is gone from every reader, and cannot be changed or deleted again", async () => {
    const store = await open();
    const { account, changed, buried } = maker();
    const before = account({ ownerId: owner("1"), teamId: team("1") });
    await store.create(before);
    await store.remove(before, buried(before));
    expect(await store.get(before.id)).toBeUndefined();
    expect(await store.getMany([before.id])).toEqual(new Map());
    expect((await store.list({ by: "owner", id: owner("1") }, { limit: 10 })).items).toEqual([]);
    expect((await store.list({ by: "all", teamIds: [team("1")] }, { limit: 10 })).items).toEqual([]);
    await expect(store.update(before, changed(before, { name: "Back" }))).rejects.toMatchObject({ code: "conflict" });
    await expect(store.remove(before, buried(before))).rejects.toMatchObject({ code: "conflict" });
  });
}

function describeUniques(open: () => Promise<AccountStore>): void {
  const externalId = { source: "erp", id: "1" };

  test("a unique value belongs to one living record, and is found by it", async () => {
    const store = await open();
    const { account } = maker();
    const first = account({ externalId });
    await store.create(first);
    await expect(store.create(account({ externalId }))).rejects.toMatchObject({ code: "duplicate_value" });
    expect(await store.findByUnique("externalId", ["erp#1", "erp#2"])).toEqual(new Map([["erp#1", first.id]]));
  });

  test("of two records that take one unique value at once, one is created", async () => {
    const store = await open();
    const { account } = maker();
    const racers = [account({ externalId }), account({ externalId })];
    const results = await Promise.allSettled(racers.map((racer) => store.create(racer)));
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    const read = await Promise.all(racers.map(({ id }) => store.get(id)));
    expect(read.filter(Boolean)).toHaveLength(1);
  });

  test("a unique value is free again when its record is deleted or lets it go", async () => {
    const store = await open();
    const { account, changed, buried } = maker();
    const first = account({ externalId });
    await store.create(first);
    await store.remove(first, buried(first));
    const second = account({ externalId });
    await store.create(second);
    await store.update(second, changed(second, { externalId: null }));
    await store.create(account({ externalId }));
  });

  test("a refused change of a unique value changes nothing", async () => {
    const store = await open();
    const { account, changed } = maker();
    await store.create(account({ externalId }));
    const other = account({ name: "Other" });
    await store.create(other);
    const taking = changed(other, { name: "Changed", externalId });
    await expect(store.update(other, taking)).rejects.toMatchObject({ code: "duplicate_value" });
    expect(await store.get(other.id)).toEqual(other);
  });
}

function describeLanes(open: () => Promise<AccountStore>): void {
  test("a lane holds its own records, latest change first", async () => {
    const store = await open();
    const { account, changed, clock } = maker();
    const made = [];
    for (const id of ["1", "2", "1"]) {
      clock.advance(1000);
      const one = account({ ownerId: owner(id), teamId: team("1") });
      await store.create(one);
      made.push(one);
    }
    const [oldest, , newest] = made as [Stored<Account>, Stored<Account>, Stored<Account>]; // three were made
    const ids = async (lane: Lane) => (await store.list(lane, { limit: 10 })).items.map(({ id }) => id);
    expect(await ids({ by: "owner", id: owner("1") })).toEqual([newest.id, oldest.id]);
    clock.advance(1000);
    await store.update(oldest, changed(oldest, { name: "Changed" }));
    expect(await ids({ by: "owner", id: owner("1") })).toEqual([oldest.id, newest.id]);
    expect(await ids({ by: "team", id: team("2") })).toEqual([]);
  });

  test.each([1, 2, 3, 7, 50])("pages of %i give every record of all teams exactly once, in order", async (limit) => {
    const store = await open();
    const { account, clock } = maker();
    const expected: Stored<Account>[] = [];
    for (let index = 0; index < 24; index++) {
      // Groups of up to six records share an instant, across teams and within one; every fourth has no team.
      if (index % 6 === 0) clock.advance(1000);
      const teamId = index % 4 === 0 ? {} : { teamId: team(String(index % 3)) };
      expected.push(account({ name: `Account ${index}`, ...teamId }));
    }
    await Promise.all(expected.map((one) => store.create(one)));
    const lane: Lane = { by: "all", teamIds: [team("0"), team("1"), team("2")] };
    const seen = await readThrough(store, lane, limit);
    expect(seen.map(({ id }) => id).sort()).toEqual(expected.map(({ id }) => id).sort());
    expect(seen.map(({ updatedAt }) => updatedAt)).toEqual(
      seen
        .map(({ updatedAt }) => updatedAt)
        .sort()
        .reverse(),
    );
  });

  test.each([1, 3, 50])(
    "H2 pages of %i of a narrowed lane give its visible records exactly once, in order",
    async (limit) => {
      const store = await open();
      const { account, clock } = maker();
      const all: Stored<Account>[] = [];
      for (let index = 0; index < 30; index++) {
        if (index % 4 === 0) clock.advance(1000);
        const ownerId = index % 5 === 0 ? {} : { ownerId: owner(String(index % 3)) };
        const teamId = index % 4 === 0 ? {} : { teamId: team(String(index % 4)) };
        all.push(account({ name: `Account ${index}`, ...ownerId, ...teamId }));
      }
      await Promise.all(all.map((one) => store.create(one)));
      // Two that are shared, of which one is visible anyway, and one that does not exist.
      const isSeenAnyway = ({ ownerId, teamId }: Account) =>
        ownerId === owner("1") || [team("2"), team("3")].includes(teamId ?? "");
      const shared = [
        all.find((one) => !isSeenAnyway(one)),
        all.findLast((one) => !isSeenAnyway(one)),
        all.find(isSeenAnyway),
      ];
      const recordIds = [...shared.map((one) => one?.id ?? ""), "acc_01JD7Z3Q5V9W0X2Y4Z6A8B0C1D"];
      const within = { ownerId: owner("1"), teamIds: [team("2"), team("3")], recordIds };
      const lanes: [Lane, (record: Account) => boolean][] = [
        [{ by: "all", teamIds: [], within }, () => true],
        [{ by: "owner", id: owner("0"), within }, ({ ownerId }) => ownerId === owner("0")],
        [{ by: "team", id: team("1"), within }, ({ teamId }) => teamId === team("1")],
        [{ by: "all", teamIds: [], within: { ...within, teamIds: [] } }, () => true],
      ];
      for (const [lane, isIn] of lanes) {
        const seen = await readThrough(store, lane, limit);
        const expected = all.filter((record) => isIn(record) && isVisible(lane.within, record));
        expect(expected.length).toBeGreaterThan(1);
        expect(seen.map(({ id }) => id).sort()).toEqual(expected.map(({ id }) => id).sort());
        const times = seen.map(({ updatedAt }) => updatedAt);
        expect(times).toEqual(times.toSorted().reverse());
      }
    },
  );

  test("a page that ends with the list has no next, so a full last page is the last", async () => {
    const store = await open();
    const { account } = maker();
    for (let index = 0; index < 4; index++) await store.create(account({ ownerId: owner("1") }));
    const lane: Lane = { by: "owner", id: owner("1") };
    const first = await store.list(lane, { limit: 2 });
    const second = await store.list(lane, { limit: 2, after: first.next });
    expect(first.items).toHaveLength(2);
    expect(first.next).toBeDefined();
    expect(second.items).toHaveLength(2);
    expect(second.next).toBeUndefined();
  });
}

/** Follows the pages; each position goes through JSON, as it does in a cursor. */
async function readThrough(store: AccountStore, lane: Lane, limit: number): Promise<Stored<Account>[]> {
  const seen: Stored<Account>[] = [];
  let after: Record<string, unknown> | undefined;
  do {
    const page = await store.list(lane, { limit, after });
    expect(page.items.length).toBeLessThanOrEqual(limit);
    seen.push(...page.items);
    after = page.next && JSON.parse(JSON.stringify(page.next));
  } while (after);
  return seen;
}
