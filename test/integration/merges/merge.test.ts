import { QueryCommand } from "@aws-sdk/lib-dynamodb";
import type { Change } from "@shangji/contracts/kit/primitives";
import { shareRecord } from "@shangji/core/access/share-record";
import { createAccount } from "@shangji/core/accounts/create-account";
import { deleteAccount } from "@shangji/core/accounts/delete-account";
import { restoreAccount } from "@shangji/core/accounts/restore-account";
import { updateAccount } from "@shangji/core/accounts/update-account";
import { deleteContact } from "@shangji/core/contacts/delete-contact";
import { restoreContact } from "@shangji/core/contacts/restore-contact";
import { updateContact } from "@shangji/core/contacts/update-contact";
import { revise } from "@shangji/core/kit/revise";
import type { Choices } from "@shangji/core/merges/combine";
import { type MergeDeps, mergeRecords } from "@shangji/core/merges/merge-records";
import { createNote } from "@shangji/core/timeline/create-note";
import { type DynamoDb, startDynamoDb } from "@shangji/testing/dynamodb";
import { testViewer } from "@shangji/testing/world";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { contentHash, mergeWorld } from "./world.ts";

let db: DynamoDb;
beforeAll(async () => {
  db = await startDynamoDb();
});
afterAll(() => db.stop());

const world = async () => mergeWorld(await db.createTable());
const erp = (id: string) => ({ source: "erp", id });

describe("A5 a merge", () => {
  test("keeps what was chosen, fills gaps, joins tags, and leads from the loser's id to the winner", async () => {
    const { deps, account, merge } = await world();
    const winner = await account({ name: "Acme", industry: "retail", tags: ["a", "b"], phone: "021 5555 0101" });
    const loser = await account({
      name: "Acme Ltd",
      industry: "software",
      tags: ["b", "c"],
      region: "East",
      phone: "021 5555 0102",
    });
    const made = await merge(winner, loser, { name: "loser", phone: "loser" });
    expect(made).toMatchObject({ status: "moving", winnerId: winner.id, loserId: loser.id, version: 1 });
    expect(await deps.accounts.get(winner.id)).toMatchObject({
      name: "Acme Ltd",
      industry: "retail",
      region: "East",
      tags: ["a", "b", "c"],
      phone: "021 5555 0102",
      version: 2,
    });
    expect(await deps.accounts.get(loser.id)).toBeUndefined();
    expect(await deps.accounts.survivorOf(loser.id)).toBe(winner.id);
    // It is neither found nor restored nor listed among the deleted.
    expect(
      (await deps.accounts.findMatches({ by: "phone", value: "+862155550102" })).map(({ record }) => record.id),
    ).toEqual([winner.id]);
    await expect(restoreAccount({ id: loser.id }, deps)).rejects.toMatchObject({ code: "not_found" });
    expect((await deps.accounts.listDeleted({ by: "all", teamIds: [] }, { limit: 9 })).items).toEqual([]);
    expect((await deps.accounts.list({ by: "all", teamIds: [] }, { limit: 9 })).items.map(({ id }) => id)).toEqual([
      winner.id,
    ]);
  });

  test("keeps the loser's external id taken, and leads from it to the winner", async () => {
    const { deps, account, merge, undo, run } = await world();
    const [winner, loser] = [await account({ externalId: erp("1") }), await account({ externalId: erp("2") })];
    const made = await merge(winner, loser);
    const find = () => deps.accounts.findByUnique("externalId", ["erp#1", "erp#2"]);
    expect(await find()).toEqual(
      new Map([
        ["erp#1", winner.id],
        ["erp#2", winner.id],
      ]),
    );
    await expect(account({ externalId: erp("2") })).rejects.toMatchObject({ code: "duplicate_value" });
    await undo(made);
    await run(made.id);
    expect(await find()).toEqual(
      new Map([
        ["erp#1", winner.id],
        ["erp#2", loser.id],
      ]),
    );
    // Chosen, it becomes the winner's own, and the other one stays beside it.
    const again = await merge(winner, loser, { externalId: "loser" });
    expect(await deps.accounts.get(winner.id)).toMatchObject({ externalId: erp("2") });
    expect((await find()).get("erp#1")).toBe(winner.id);
    await undo(again);
    expect(await deps.accounts.get(winner.id)).toMatchObject({ externalId: erp("1") });
    await deleteAccount({ id: winner.id }, deps);
    await account({ externalId: erp("1") });
  });

  test("moves contacts, deals and accounts below the loser, and undone moves back those and only those", async () => {
    const { deps, account, contact, deal, merge, undo, run } = await world();
    const [winner, loser] = [await account({ industry: "retail" }), await account({ industry: "software" })];
    const moved = [];
    for (let index = 0; index < 30; index++) moved.push(await contact({ accountId: loser.id }));
    const [below, dealt, own] = [
      await account({ parentId: loser.id }),
      await deal(loser.id),
      await contact({ accountId: winner.id }),
    ];
    const made = await merge(winner, loser);
    await run(made.id);
    expect((await deps.merges.get(made.id))?.status).toBe("merged");
    const inLane = async (id: string) => (await deps.contacts.list({ by: "account", id }, { limit: 50 })).items.length;
    expect([await inLane(winner.id), await inLane(loser.id)]).toEqual([31, 0]);
    expect(await deps.accounts.get(below.id)).toMatchObject({ parentId: winner.id });
    expect(await deps.opportunities.get(dealt.id)).toMatchObject({ accountId: winner.id, industry: "retail" });

    const late = await contact({ accountId: winner.id });
    const elsewhere = await account({ name: "Elsewhere" });
    await updateContact({ id: moved[0]?.id ?? "", patch: { accountId: elsewhere.id } }, deps);
    await deleteContact({ id: moved[1]?.id ?? "" }, deps);
    await updateContact({ id: moved[2]?.id ?? "", patch: { title: "CEO" } }, deps);
    await undo(made);
    await run(made.id);
    expect((await deps.merges.get(made.id))?.status).toBe("undone");
    expect([await inLane(winner.id), await inLane(loser.id), await inLane(elsewhere.id)]).toEqual([2, 28, 1]);
    for (const { id } of [own, late]) expect(await deps.contacts.get(id)).toMatchObject({ accountId: winner.id });
    expect(await deps.contacts.get(moved[2]?.id ?? "")).toMatchObject({ accountId: loser.id, title: "CEO" });
    expect(await deps.accounts.get(below.id)).toMatchObject({ parentId: loser.id });
    expect(await deps.opportunities.get(dealt.id)).toMatchObject({ accountId: loser.id, industry: "software" });
  });

  test("takes along a child that was written with the loser's account while it was merged", async () => {
    const { deps, account, contact, merge, run, clock } = await world();
    const [winner, loser] = [await account(), await account()];
    const late = await contact();
    const made = await merge(winner, loser);
    // Its writer had read the loser before.
    await deps.contacts.update(late, {
      ...late,
      accountId: loser.id,
      version: 2,
      updatedAt: clock.now().toISOString(),
    });
    await run(made.id);
    expect(await deps.contacts.get(late.id)).toMatchObject({ accountId: winner.id });
  });

  test("lets those see the winner with whom the loser was shared, until it is undone", async () => {
    const { table, account, merge, undo, run, shares } = await world();
    const [winner, loser] = [await account(), await account()];
    const user = (tail: string) => `usr_${tail.padStart(26, "0")}`;
    const share = (recordId: string, principalId: string, level: "read" | "write") =>
      shares.save(
        { recordId, principalId, level, sharedBy: user("9"), sharedAt: "2026-11-02T08:30:00.000Z" },
        winner.change,
      );
    await share(winner.id, user("1"), "read");
    await share(loser.id, user("1"), "write");
    await share(loser.id, user("2"), "read");
    await share(winner.id, user("3"), "write");
    await share(loser.id, user("3"), "read");
    const sharesIn = async (id: string) => {
      const values = { ":id": id, ":share": "share#" };
      const asked = {
        KeyConditionExpression: "pk = :id AND begins_with(sk, :share)",
        ExpressionAttributeValues: values,
      };
      const { Items = [] } = await table.client.send(new QueryCommand({ TableName: table.name, ...asked }));
      return Items as { sk: string; change: Change }[];
    };
    const levels = async (id: string) =>
      Object.fromEntries((await shares.of(id)).map(({ principalId, level }) => [principalId.slice(-1), level]));
    const stamps = async () => (await sharesIn(winner.id)).map(({ sk, change }) => [sk.slice(-1), change.command]);
    const made = await merge(winner, loser);
    await run(made.id);
    expect(await levels(winner.id)).toEqual({ 1: "write", 2: "read", 3: "write" });
    // The trail tells of what the merge has shared, and of nothing else.
    const followed = [1, 2].map((tail) => [String(tail), "followMerge"]);
    expect(await stamps()).toEqual([...followed, ["3", winner.change.command]]);
    expect((await shares.sharedWith({ userId: user("2") })).map(({ recordId }) => recordId)).toContain(winner.id);
    await share(winner.id, user("4"), "read");
    await undo(made);
    await run(made.id);
    expect(await levels(winner.id)).toEqual({ 1: "read", 3: "write", 4: "read" });
    expect((await stamps()).slice(0, 2)).toEqual(followed);
    const [, ended] = await sharesIn(winner.id);
    expect(ended).toMatchObject({ deletedAt: ended?.change.at, ttl: expect.any(Number), __edb_e__: "share" });
    expect(await levels(loser.id)).toEqual({ 1: "write", 2: "read", 3: "read" });
  });

  test("brings shares that somebody makes their own by sharing again, and then they outlast it", async () => {
    const { context, account, merge, undo, run, shares } = await world();
    const [winner, loser] = [await account(), await account()];
    const principalId = "usr_00000000000000000000000002";
    const sharing = {
      shares,
      users: { cached: async () => ({}) as never },
      teams: { cached: async () => undefined },
      recordsOf: () => ({ get: async (id: string) => ({ ...winner, id }) }),
      viewer: testViewer(),
      context,
    };
    const share = (recordId: string) => shareRecord({ recordId, principalId, level: "read" }, sharing);
    const first = await share(loser.id);
    const made = await merge(winner, loser);
    await run(made.id);
    const again = await share(winner.id);
    expect(await share(winner.id)).toEqual(again);
    expect(again).not.toHaveProperty("broughtBy");
    await undo(made);
    await run(made.id);
    expect(await shares.of(winner.id)).toEqual([again]);
    expect(await shares.of(loser.id)).toEqual([first]);
  });

  test("makes one timeline of two, and two of one when it is undone", async () => {
    const { deps, account, merge, undo, run, clock } = await world();
    const [winner, loser] = [await account(), await account()];
    const note = async (recordId: string, text: string) => {
      clock.advance(1000);
      return createNote({ recordId, text }, { ...deps, viewer: testViewer() });
    };
    const onWinner = await note(winner.id, "1");
    const onLoser = await note(loser.id, "2");
    await note(winner.id, "3");
    const made = await merge(winner, loser);
    await run(made.id);
    await note(winner.id, "4");
    const texts = async (recordId: string, limit: number) => {
      const seen: string[] = [];
      let after: Record<string, unknown> | undefined;
      do {
        const page = await deps.timeline.list(recordId, { limit, after }, undefined);
        seen.push(...(page?.items ?? []).flatMap((entry) => entry.note?.text ?? []));
        after = page?.next;
      } while (after);
      return seen;
    };
    for (const limit of [1, 2, 10]) expect(await texts(winner.id, limit)).toEqual(["4", "3", "2", "1"]);
    const found = await deps.timeline.getNote(winner.id, onLoser.id, undefined);
    expect(found).toMatchObject({ text: "2", recordId: loser.id });
    expect(await deps.timeline.getNote(winner.id, onWinner.id, undefined)).toMatchObject({ text: "1" });
    expect(
      await deps.timeline.getNote(loser.id, onLoser.id, { ownerId: "", teamIds: [], recordIds: [] }),
    ).toBeUndefined();
    await undo(made);
    expect(await texts(winner.id, 10)).toEqual(["4", "3", "1"]);
    expect(await texts(loser.id, 10)).toEqual(["2"]);
  });

  test("of contacts works as one of accounts", async () => {
    const { deps, contact, merge, undo, run } = await world();
    const [winner, loser] = [
      await contact({ email: "a@example.com" }),
      await contact({ email: "b@example.com", title: "CEO" }),
    ];
    const made = await merge(winner, loser, { email: "loser" }, "contact");
    await run(made.id);
    expect(await deps.contacts.get(winner.id)).toMatchObject({ email: "b@example.com", title: "CEO" });
    expect(await deps.contacts.survivorOf(loser.id)).toBe(winner.id);
    await undo(made);
    await run(made.id);
    expect([contentHash(await deps.contacts.get(winner.id)), contentHash(await deps.contacts.get(loser.id))]).toEqual(
      [winner, loser].map(contentHash),
    );
  });
});

describe("A5 a merge is refused", () => {
  test("H2 if it gave an owner to a record that is only shared with the caller", async () => {
    const { deps, context, account } = await world();
    const me = "usr_2";
    const [winner, loser] = [await account(), await account()];
    const owned = revise(loser, { ownerId: me }, { context, command: "test" });
    await deps.accounts.update(loser, owned);
    const { rules } = testViewer();
    const own = { read: "own", create: "own", update: "own", delete: "own" } as const;
    const viewer = {
      ...testViewer({ userId: me, role: "rep" }),
      rules: { roles: { ...rules.roles, rep: { ...rules.roles.rep, account: own } } },
      shares: [{ recordId: winner.id, level: "write" as const }],
    };
    const records = deps.accounts as unknown as MergeDeps["records"];
    const merge = (fields: Choices) =>
      mergeRecords(
        { entity: "account", winnerId: winner.id, loserId: loser.id, fields },
        { merges: deps.merges, records, viewer, context },
      );
    for (const fields of [{}, { ownerId: "loser" }] as const)
      await expect(merge(fields)).rejects.toMatchObject({ code: "forbidden" });
    expect(await deps.accounts.get(winner.id)).toMatchObject({ version: 1 });
    expect(await merge({ ownerId: "winner" })).toMatchObject({ status: "moving" });
  });

  test("with itself, with what is not there or was merged, and of what others keep apart", async () => {
    const { account, merge } = await world();
    const [winner, loser, third] = [await account(), await account(), await account()];
    await expect(merge(winner, winner)).rejects.toMatchObject({ code: "invalid_request" });
    const unknown = { id: "acc_01JD7Z3Q5V9W0X2Y4Z6A8B0C1D" };
    await expect(merge(winner, unknown)).rejects.toMatchObject({ code: "unknown_reference" });
    await expect(merge(unknown, winner)).rejects.toMatchObject({ code: "not_found" });
    await merge(winner, loser);
    await expect(merge(third, loser)).rejects.toMatchObject({ code: "unknown_reference" });
    await expect(merge(loser, third)).rejects.toMatchObject({ code: "not_found" });
  });

  test("of an account that waits in a pool, and so is its undoing while the winner does", async () => {
    const { deps, account, merge, undo, run, context } = await world();
    const [winner, loser] = [await account(), await account()];
    const at = { poolId: "pool_01JD7Z3Q5V9W0X2Y4Z6A8B0C1D", at: "2026-11-02T00:00:00.000Z" };
    const waits = async ({ id }: { id: string }, pool: typeof at | null) => {
      const stored = await deps.accounts.get(id);
      if (stored) await deps.accounts.update(stored, revise(stored, { pool }, { context, command: "test" }));
    };
    for (const record of [winner, loser]) {
      await waits(record, at);
      await expect(merge(winner, loser)).rejects.toMatchObject({ code: "pooled" });
      await waits(record, null);
    }
    const made = await merge(winner, loser);
    await run(made.id);
    await waits(winner, at);
    await expect(undo(made)).rejects.toMatchObject({ code: "pooled" });
    await waits(winner, null);
    await undo(made);
  });

  test("while something is still on its way to the loser", async () => {
    const { account, merge, run } = await world();
    const [first, second, third] = [await account(), await account(), await account()];
    const made = await merge(second, third);
    await expect(merge(first, second)).rejects.toMatchObject({ code: "merge_unsettled" });
    await run(made.id);
    await merge(first, second);
  });

  test("if an account would come to stand above itself", async () => {
    const { deps, account, merge, run } = await world();
    const top = await account({ name: "Top" });
    const middle = await account({ name: "Middle", parentId: top.id });
    const low = await account({ name: "Low", parentId: middle.id });
    await expect(merge(low, top)).rejects.toMatchObject({ code: "invalid_request" });
    // One below the other, they become one in the upper one's place.
    await run((await merge(low, middle)).id);
    expect(await deps.accounts.get(low.id)).toMatchObject({ parentId: top.id });
    await merge(top, low);
    expect(await deps.accounts.get(top.id)).not.toHaveProperty("parentId");
  });

  test("for all but one of those who merge one loser, or edit it, at the same time", async () => {
    const { deps, account, merge } = await world();
    const loser = await account();
    const winners = await Promise.all(Array.from({ length: 6 }, () => account()));
    const results = await Promise.allSettled([
      ...winners.map((winner) => merge(winner, loser)),
      updateAccount({ id: loser.id, patch: { region: "East" }, expectedVersion: 1 }, deps),
    ]);
    expect(results.filter(({ status }) => status === "fulfilled").length).toBeGreaterThan(0);
    const codes = results.flatMap((result) => (result.status === "rejected" ? [result.reason.code] : []));
    for (const code of codes)
      expect(["conflict", "unknown_reference", "merge_unsettled", "stale_version"]).toContain(code);
    // Whoever won, the loser has gone to one winner at most, and nothing of a lost edit is left.
    const taken = await Promise.all(winners.map(({ id }) => deps.accounts.get(id)));
    const absorbing = taken.filter((winner) => winner?.absorbed?.includes(loser.id));
    const living = await deps.accounts.get(loser.id);
    expect(absorbing.length + (living ? 1 : 0)).toBe(1);
    expect(results.at(-1)?.status === "fulfilled").toBe((living ?? absorbing[0])?.region === "East");
  });
});

describe("A5 undoing a merge", () => {
  test("gives both records the content that they had", async () => {
    const { deps, account, merge, undo, run, clock } = await world();
    const winner = await account({ name: "华为", externalId: erp("1"), tags: ["a"], phone: "021 5555 0101" });
    const loser = await account({
      name: "华为技术有限公司",
      externalId: erp("2"),
      tags: ["b"],
      website: "https://huawei.com",
      employees: 9,
    });
    clock.advance(1000);
    const made = await merge(winner, loser, { name: "loser", externalId: "loser", phone: "loser" });
    await run(made.id);
    clock.advance(29 * 86_400_000);
    await undo(made);
    const [first, second] = [await deps.accounts.get(winner.id), await deps.accounts.get(loser.id)];
    expect([contentHash(first), contentHash(second)]).toEqual([contentHash(winner), contentHash(loser)]);
    expect([first?.version, second?.version]).toEqual([3, 3]);
    await run(made.id);
    await expect(undo(made)).rejects.toMatchObject({ code: "merge_not_undoable" });
  });

  test("is possible while children are still on their way, and for thirty days", async () => {
    const { deps, account, contact, merge, undo, run, clock } = await world();
    const [winner, loser] = [await account(), await account()];
    const child = await contact({ accountId: loser.id });
    const early = await merge(winner, loser);
    await undo(early);
    await run(early.id);
    expect(await deps.contacts.get(child.id)).toMatchObject({ accountId: loser.id });
    const late = await merge(winner, loser);
    clock.advance(30 * 86_400_000 + 1);
    await expect(undo(late)).rejects.toMatchObject({ code: "merge_not_undoable" });
  });

  test("asks what becomes of fields that were changed since, and does as it is told", async () => {
    const { deps, account, merge, undo, run } = await world();
    const [winner, loser] = [await account({ region: "East" }), await account({ industry: "retail" })];
    for (const edits of ["keep", "discard"] as const) {
      const made = await merge(winner, loser);
      await updateAccount({ id: winner.id, patch: { region: "West", website: "https://acme.com" } }, deps);
      const asked = { code: "edited_since_merge", failures: [{ field: "region" }, { field: "website" }] };
      await expect(undo(made)).rejects.toMatchObject(asked);
      await undo(made, edits);
      await run(made.id);
      const after = await deps.accounts.get(winner.id);
      const kept = { region: "West", website: "https://acme.com" };
      if (edits === "keep") {
        expect(after).toMatchObject(kept);
        expect(after).not.toHaveProperty("industry");
        await updateAccount({ id: winner.id, patch: { region: "East", website: null } }, deps);
      } else {
        expect(contentHash(after)).toBe(contentHash({ ...winner }));
      }
    }
  });

  test("goes from the last of a chain to the first", async () => {
    const { deps, account, contact, merge, undo, run } = await world();
    const [first, second, third] = [
      await account({ name: "First" }),
      await account({ name: "Second" }),
      await account({ name: "Third" }),
    ];
    const child = await contact({ accountId: third.id });
    const lower = await merge(second, third);
    await run(lower.id);
    const upper = await merge(first, second);
    await run(upper.id);
    expect(await deps.accounts.survivorOf(third.id)).toBe(first.id);
    expect(await deps.contacts.get(child.id)).toMatchObject({ accountId: first.id });
    expect((await deps.accounts.get(first.id))?.absorbed).toEqual([second.id, third.id]);
    await expect(undo(lower)).rejects.toMatchObject({ code: "not_found" });
    await undo(upper);
    await expect(undo(lower)).rejects.toMatchObject({ code: "merge_unsettled" });
    await run(upper.id);
    await undo(lower);
    await run(lower.id);
    expect(await deps.contacts.get(child.id)).toMatchObject({ accountId: third.id });
    for (const was of [first, second, third]) {
      expect(contentHash(await deps.accounts.get(was.id))).toBe(contentHash(was));
    }
  });

  test("is refused while another record has one of the loser's values, and leaves all as it is", async () => {
    const { deps, account, merge, undo } = await world();
    const [winner, loser] = [await account(), await account({ externalId: erp("2") })];
    const made = await merge(winner, loser);
    await updateAccount({ id: winner.id, patch: { externalId: null } }, deps);
    await createAccount({ name: "Other", tags: [], externalId: erp("2") }, deps);
    const before = await deps.accounts.get(winner.id);
    await expect(undo(made, "keep")).rejects.toMatchObject({ code: "duplicate_value" });
    expect(await deps.accounts.get(winner.id)).toEqual(before);
    expect((await deps.merges.get(made.id))?.status).toBe("moving");
  });

  test("once is enough for many who do it at the same time", async () => {
    const { deps, account, merge, undo } = await world();
    const [winner, loser] = [await account(), await account()];
    const made = await merge(winner, loser);
    const results = await Promise.allSettled(Array.from({ length: 5 }, () => undo(made)));
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    for (const result of results)
      if (result.status === "rejected") expect(["conflict", "merge_not_undoable"]).toContain(result.reason.code);
    expect((await deps.accounts.get(loser.id))?.version).toBe(3);
  });
});

test("A1 a record that is restored names the account that its own was merged into", async () => {
  const { deps, account, contact, merge } = await world();
  const [winner, loser] = [await account(), await account()];
  const child = await contact({ accountId: loser.id });
  await deleteContact({ id: child.id }, deps);
  await merge(winner, loser);
  expect(await restoreContact({ id: child.id }, deps)).toMatchObject({ accountId: winner.id });
});
