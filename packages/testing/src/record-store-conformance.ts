import type { Account } from "@shangji/contracts/accounts/schemas";
import { isVisible } from "@shangji/core/access/viewer";
import type { IdempotencyClaim } from "@shangji/core/kit/idempotency";
import { newRecord } from "@shangji/core/kit/new-record";
import type {
  GraveStore,
  Lane,
  LaneStore,
  PartStore,
  RecordStore,
  Stored,
  UniqueValue,
} from "@shangji/core/kit/record";
import { bury, revise } from "@shangji/core/kit/revise";
import { describe, expect, test } from "vitest";
import { type TestClock, testClock, testContext } from "./world.ts";

export type AccountStore = RecordStore<Account> & PartStore<Account> & LaneStore<Account> & GraveStore<Account>;

const owner = (tail: string) => `usr_${tail.padStart(26, "0")}`;
const team = (tail: string) => `team_${tail.padStart(26, "0")}`;

/** What every store of records promises. `open` gives an empty one. */
export function recordStoreConformance(name: string, open: () => Promise<AccountStore>): void {
  describe(name, () => {
    describeRecords(open);
    describeUniques(open);
    describeGraves(open);
    describeLanes(open);
    describeClaims(open);
  });
}

function maker() {
  const clock: TestClock = testClock();
  const context = testContext({ clock });
  const stamp = { context, command: "test" };
  return {
    clock,
    account: (fields: Partial<Account> & { held?: UniqueValue[] } = {}): Stored<Account> =>
      newRecord<Account>("account", { name: "Acme", tags: [], ...fields }, stamp),
    changed: (before: Stored<Account>, patch: Record<string, unknown>) => revise(before, patch, stamp),
    buried: (before: Stored<Account>) => bury(before, context, "test"),
    back: (before: Stored<Account>) => revise(before, { deletedAt: null }, stamp),
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

  test("of a part there is its id, whose it is, and the fields that were asked for, as far as the record has them", async () => {
    const store = await open();
    const { account, buried } = maker();
    const owned = account({ industry: "software", ownerId: owner("1"), teamId: team("1"), employees: 5 });
    const [free, gone] = [account({ tags: ["a"] }), account()];
    for (const each of [owned, free, gone]) await store.create(each);
    await store.remove(gone, buried(gone));
    const { id, name, industry, ownerId, teamId } = owned;
    const parts = await store.getParts([id, id, free.id, gone.id, "acc_none"], ["name", "industry"]);
    expect(parts.size).toBe(2);
    expect(parts.get(id)).toEqual({ id, name, industry, ownerId, teamId });
    expect(parts.get(free.id)).toEqual({ id: free.id, name: free.name });
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

function describeGraves(open: () => Promise<AccountStore>): void {
  const externalId = { source: "erp", id: "1" };

  test("A1 a deleted record is kept as it was, and listed for its owner and team, latest deletion first", async () => {
    const store = await open();
    const { account, buried, clock } = maker();
    const made = [account({ ownerId: owner("1"), teamId: team("1") }), account({ teamId: team("1") }), account()];
    const gone: Stored<Account>[] = [];
    for (const one of made) {
      await store.create(one);
      clock.advance(1000);
      gone.unshift(buried(one));
      await store.remove(one, gone[0] ?? one);
    }
    await store.create(account({ ownerId: owner("1"), teamId: team("1") }));
    expect(await store.getDeleted(gone[0]?.id ?? "")).toEqual(gone[0]);
    const listed = async (lane: Lane) => (await store.listDeleted(lane, { limit: 10 })).items;
    expect(await listed({ by: "all", teamIds: [team("1")] })).toEqual(gone);
    expect(await listed({ by: "team", id: team("1") })).toEqual(gone.slice(1));
    expect(await listed({ by: "owner", id: owner("1") })).toEqual(gone.slice(2));
    const within = { ownerId: owner("1"), teamIds: [], recordIds: [] };
    expect(await listed({ by: "all", teamIds: [], within })).toEqual(gone.slice(2));
    expect(await listed({ by: "team", id: team("1"), within })).toEqual(gone.slice(2));
    const first = await store.listDeleted({ by: "all", teamIds: [team("1")] }, { limit: 2 });
    const rest = await store.listDeleted({ by: "all", teamIds: [team("1")] }, { limit: 2, after: first.next });
    expect([...first.items, ...rest.items]).toEqual(gone);
    expect(rest.next).toBeUndefined();
  });

  test("A1 a restored record is back for every reader, with its unique values, and no longer among the deleted", async () => {
    const store = await open();
    const { account, buried, back, changed } = maker();
    const before = account({ externalId, ownerId: owner("1"), teamId: team("1") });
    await store.create(before);
    const gone = buried(before);
    await store.remove(before, gone);
    const restored = back(gone);
    await store.restore(gone, restored);
    expect(await store.get(before.id)).toEqual({ ...before, version: 3, change: restored.change });
    expect(await store.getDeleted(before.id)).toBeUndefined();
    expect((await store.list({ by: "owner", id: owner("1") }, { limit: 10 })).items).toEqual([restored]);
    expect((await store.listDeleted({ by: "owner", id: owner("1") }, { limit: 10 })).items).toEqual([]);
    await expect(store.create(account({ externalId }))).rejects.toMatchObject({ code: "duplicate_value" });
    await expect(store.restore(gone, restored)).rejects.toMatchObject({ code: "conflict" });
    await store.update(restored, changed(restored, { name: "Goes on" }));
  });

  test("A1 a record whose unique value another has taken meanwhile stays deleted", async () => {
    const store = await open();
    const { account, buried, back } = maker();
    const before = account({ externalId });
    await store.create(before);
    const gone = buried(before);
    await store.remove(before, gone);
    const other = account({ externalId });
    await store.create(other);
    const taken = [{ field: "externalId", recordId: other.id }];
    await expect(store.restore(gone, back(gone))).rejects.toMatchObject({ code: "duplicate_value", taken });
    expect(await store.get(before.id)).toBeUndefined();
    expect(await store.getDeleted(before.id)).toEqual(gone);
  });

  test("A1 of many restorations at once, one takes effect", async () => {
    const store = await open();
    const { account, buried, back } = maker();
    const before = account({ externalId });
    await store.create(before);
    const gone = buried(before);
    await store.remove(before, gone);
    const results = await Promise.allSettled(Array.from({ length: 6 }, () => store.restore(gone, back(gone))));
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    for (const result of results) if (result.status === "rejected") expect(result.reason.code).toBe("conflict");
    expect((await store.get(before.id))?.version).toBe(3);
  });

  test("A5 a value that a record holds beside its fields is its own until it lets it go or is deleted", async () => {
    const store = await open();
    const { account, changed, buried } = maker();
    const held = [{ field: "match.name", value: "acme" }];
    const first = account({ held });
    await store.create(first);
    const taken = [{ field: "match.name", recordId: first.id }];
    await expect(store.create(account({ held }))).rejects.toMatchObject({ code: "duplicate", taken });
    const free = changed(first, { held: null });
    await store.update(first, free);
    const second = account({ held });
    await store.create(second);
    await store.remove(second, buried(second));
    await store.create(account({ held }));
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

function describeClaims(open: () => Promise<AccountStore>): void {
  const claimAt = (at: string): IdempotencyClaim => ({
    key: "usr_1#createAccount#k",
    fingerprint: "f",
    at: new Date(at),
  });
  const claim = claimAt("2026-11-02T08:30:00.000Z");
  const taken = { code: "idempotency_in_progress" };

  test("a claim is taken by one write; every later one with it is refused and changes nothing", async () => {
    const store = await open();
    const { account, changed } = maker();
    const first = account();
    await store.create(first, claim);
    const second = account();
    await expect(store.create(second, claim)).rejects.toMatchObject(taken);
    await expect(store.update(first, changed(first, { name: "Changed" }), claim)).rejects.toMatchObject(taken);
    expect(await store.get(first.id)).toEqual(first);
    expect(await store.get(second.id)).toBeUndefined();
  });

  test("of writes that take one claim at once, one takes effect", async () => {
    const store = await open();
    const { account } = maker();
    const racers = Array.from({ length: 8 }, () => account());
    const results = await Promise.allSettled(racers.map((racer) => store.create(racer, claim)));
    for (const result of results) if (result.status === "rejected") expect(result.reason).toMatchObject(taken);
    expect((await store.getMany(racers.map(({ id }) => id))).size).toBe(1);
  });

  test("a write that is refused for its own sake leaves its claim free", async () => {
    const store = await open();
    const { account, changed } = maker();
    const externalId = { source: "erp", id: "1" };
    const first = account({ externalId });
    await store.create(first);
    await expect(store.create(account({ externalId }), claim)).rejects.toMatchObject({ code: "duplicate_value" });
    const stale = changed(changed(first, {}), {});
    await expect(store.update(stale, changed(stale, {}), claim)).rejects.toMatchObject({ code: "conflict" });
    await store.update(first, changed(first, { name: "Changed" }), claim);
    expect(await store.get(first.id)).toMatchObject({ name: "Changed", version: 2 });
  });

  test("a claim is free again after 24 hours, to the second", async () => {
    const store = await open();
    const { account } = maker();
    await store.create(account(), claim);
    await expect(store.create(account(), claimAt("2026-11-03T08:29:59.000Z"))).rejects.toMatchObject(taken);
    await store.create(account(), claimAt("2026-11-03T08:30:00.000Z"));
    await expect(store.create(account(), claimAt("2026-11-03T08:30:01.000Z"))).rejects.toMatchObject(taken);
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
