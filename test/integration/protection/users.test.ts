import { PutCommand } from "@aws-sdk/lib-dynamodb";
import { createItem } from "@shangji/aws/dynamo/kit/record-store";
import { inboxesIn } from "@shangji/aws/dynamo/notifications/inboxes";
import { notificationPreferencesIn } from "@shangji/aws/dynamo/notifications/preferences";
import { identitiesIn } from "@shangji/aws/dynamo/people/identities";
import { userShape, usersIn } from "@shangji/aws/dynamo/people/users";
import { importKeys } from "@shangji/aws/imports/import-keys";
import { importStoreIn } from "@shangji/aws/imports/import-store";
import { userItemsOf } from "@shangji/aws/protection/user-items-of";
import { ImportOptions } from "@shangji/contracts/imports/schemas";
import type { User } from "@shangji/contracts/people/schemas";
import { emptyCounts } from "@shangji/core/imports/job";
import { nameKey } from "@shangji/core/imports/rows/keys";
import { newRecord } from "@shangji/core/kit/new-record";
import type { Stored } from "@shangji/core/kit/record";
import { revise } from "@shangji/core/kit/revise";
import { createDataSubjectRequest } from "@shangji/core/protection/create-request";
import { isErased } from "@shangji/core/protection/erase-subject";
import { exportSubject } from "@shangji/core/protection/export-subject";
import { replayErasures } from "@shangji/core/protection/replay-erasures";
import { runRequest } from "@shangji/core/protection/run-request";
import { type DynamoDb, startDynamoDb } from "@shangji/testing/dynamodb";
import { faultyClient } from "@shangji/testing/faulty-client";
import { testContext } from "@shangji/testing/world";
import { afterAll, beforeAll, expect, test } from "vitest";
import { erasureWorld } from "./erasure-world.ts";

let db: DynamoDb;
beforeAll(async () => {
  db = await startDynamoDb();
});
afterAll(() => db.stop());

const secrets = ["赵敏敏", "zhao.min@example.com", "HR-0815", "Suzhou"];

/** A user who has signed in and was told of things, in a world with other persons. */
async function open() {
  const world = await erasureWorld(db);
  const { table, clock } = world;
  const users = usersIn(table, clock);
  const [name = "", email = "", number = "", region = ""] = secrets;
  const context = { ...world.deps.context, claim: { key: "usr#createUser#k9", fingerprint: "f", at: clock.now() } };
  const externalId = { source: "hr", id: number };
  const fields = { name, email, externalId, territories: [region], role: "rep", active: true } as const;
  const user = newRecord<User>("user", fields as never, { context, command: "createUser" });
  await users.create(user, context.claim);
  const image = (record: Stored<User> | object) => createItem(table, userShape, record as never).Put?.Item ?? {}; // a user
  await world.publish(image(user));
  const { subject } = await world.pool.pool.invite(email);
  await identitiesIn(table).link(user.id, subject);
  const told = { kind: "lead_assigned", at: clock.now().toISOString(), actorId: "usr_1", userId: user.id } as const;
  for (const id of ["ntf_1", "ntf_2"])
    await inboxesIn(table).add({ ...told, id, subject: { entity: "lead", id: "lead_1" } } as never, undefined);
  const preferences = notificationPreferencesIn(table, clock)(user.id);
  await preferences.save({ email: "off", digestAt: "08:30", version: 1, change: user.change } as never);
  return {
    ...world,
    users,
    user,
    image,
    preferences,
    async change(patch: Partial<User>) {
      const before = await users.get(user.id);
      if (!before) throw new Error("no user");
      const after = revise(before, patch as never, { context: testContext({ clock }), command: "updateUser" });
      await users.update(before, after);
      await world.publish(image(after), image(before));
    },
    order: (type: "erasure" | "export") =>
      createDataSubjectRequest(
        { type, subjectId: user.id },
        { ...world.protectionThrough(), context: testContext({ clock }) },
      ),
    async runToEnd(id: string) {
      const deps = world.protectionThrough();
      for (let chunks = 0; !(await runRequest({ id }, deps)).done; chunks++)
        if (chunks > 50) throw new Error("the request never ends");
      return deps.requests.get(id);
    },
  };
}

const found = (text: string) => secrets.filter((secret) => text.includes(secret));

test("H7 who still works here, or owns something, is not erased", async () => {
  const world = await open();
  await expect(world.order("erasure")).rejects.toMatchObject({ code: "not_erasable" });
  await world.change({ active: false });
  const owned = { ...world.contact, ownerId: world.user.id, version: world.contact.version + 1 };
  await world.contacts.update(world.contact, owned);
  await expect(world.order("erasure")).rejects.toMatchObject({ code: "not_erasable", message: /hand them over/ });
  await world.contacts.update(owned, { ...owned, ownerId: undefined, version: owned.version + 1 } as never);
  expect(await world.order("erasure")).toMatchObject({ status: "running", subjectId: world.user.id });
});

test("H7 nothing is left of an erased user but the id, in whatever they have done", async () => {
  const world = await open();
  await world.change({ active: false });
  const done = await world.runToEnd((await world.order("erasure")).id);
  expect(done).toMatchObject({ status: "completed" });
  expect(found(await world.stored())).toEqual([]);
  expect(await world.users.get(world.user.id)).toBeUndefined();
  expect((await usersIn(world.table, world.clock).all()).map(({ id }) => id)).not.toContain(world.user.id);
  expect(await world.users.findByUnique("email", [secrets[1] ?? ""])).toEqual(new Map());
  expect(isErased(await world.protectionThrough().records.get(world.user.id))).toBe(true);
  expect(world.pool.users.size).toBe(0);
  expect(await identitiesIn(world.table).subjectOf(world.user.id)).toBeUndefined();
  expect(await inboxesIn(world.table).list(world.user.id, { limit: 9, unreadOnly: false } as never)).toEqual({
    items: [],
  });
  expect(await world.preferences.get()).toBeUndefined();
  // The trail says which fields were changed, and no value of a person.
  const { items } = await world.trail.history(world.user.id, { limit: 9 });
  expect(items.map(({ action }) => action)).toEqual(["updated", "created"]);
  expect(items[1]?.changes).toContainEqual({ field: "email", erased: true });
  const claim = { key: "usr#createUser#k9", at: world.clock.now() };
  expect(await world.claims.find(claim)).toEqual({ fingerprint: "f" });
});

test("H7 partners hear that a user is erased, and nothing else of them", async () => {
  const world = await open();
  await world.change({ active: false });
  const before = await world.users.get(world.user.id);
  const { id } = await world.order("erasure");
  await runRequest({ id }, world.protectionThrough());
  const closed = await world.protectionThrough().records.get(world.user.id);
  world.published.length = 0;
  await world.publish(world.image(closed ?? {}), world.image(before ?? {}));
  expect(world.published.map(({ type, data }) => [type, Object.keys(data).sort()])).toEqual([
    ["user.erased.v1", ["createdAt", "id", "updatedAt", "version"]],
  ]);
});

test("H7 who is let in again before their erasure has begun stays, and the request says why", async () => {
  const world = await open();
  await world.change({ active: false });
  const { id } = await world.order("erasure");
  await world.change({ active: true });
  expect(await world.runToEnd(id)).toMatchObject({ status: "failed", problem: "The user is not deactivated." });
  expect(found(await world.stored())).toEqual(secrets);
  expect(world.pool.users.size).toBe(1);
});

test("H7 all that is kept about a user is exported: record, sign-in, what they were told and what was changed", async () => {
  const world = await open();
  let text = "";
  const save = async (_: unknown, saved: string) => {
    text = saved;
  };
  const files = { save, remove: async () => undefined } as never;
  await exportSubject(await world.order("export"), { ...world.protectionThrough(), files });
  expect(found(text)).toEqual(secrets);
  const { record, signIn, notifications, changes } = JSON.parse(text);
  expect(record).toMatchObject({ id: world.user.id, role: "rep", territories: ["Suzhou"] });
  expect(signIn).toMatchObject([{ email: secrets[1], hasSignedIn: false }]);
  expect(notifications).toMatchObject([{ id: "ntf_1" }, { id: "ntf_2" }, { preferences: { email: "off" } }]);
  expect(changes).toHaveLength(1);
});

test("H7 the keys by which imports have known a user go too", async () => {
  const world = await open();
  const at = world.clock.now().toISOString();
  const id = "imp_01JD7Z3Q5V9W0X2Y4Z6A8B0C1D";
  const job = { id, entity: "users", status: "completed", dryRun: false, options: ImportOptions.parse({}) } as const;
  const stamps = { counts: emptyCounts, createdBy: "usr_1", version: 1, createdAt: at, updatedAt: at };
  await importStoreIn(world.table, world.clock).create({ ...job, ...stamps }, world.user.change);
  const Item = { ...importKeys.claim(id, nameKey("user", secrets[0] ?? "")), recordId: world.user.id };
  await world.table.client.send(new PutCommand({ TableName: world.table.name, Item }));
  const claims = world.protectionThrough().stores.find(({ name }) => name === "importKeys");
  await claims?.erase({ id: world.user.id, traits: { name: secrets[0] ?? "" } });
  expect((await world.items()).map(({ pk }) => pk)).not.toContain(Item.pk);
});

test("H7 the ledger erases a user again whom an older copy shows at work", async () => {
  const world = await open();
  const backup = await world.items();
  await world.change({ active: false });
  await world.runToEnd((await world.order("erasure")).id);
  const copy = await db.createTable();
  for (const Item of backup) await copy.client.send(new PutCommand({ TableName: copy.name, Item }));
  Object.assign(world.table, { name: copy.name });
  expect(found(await world.stored())).toEqual(secrets);
  expect(await replayErasures(world.ledger, world.protectionThrough())).toEqual({ erasures: 1, left: [] });
  expect(found(await world.stored())).toEqual([]);
});

test("H7 what stands beside a user is emptied however often it stops on the way", async () => {
  const world = await open();
  for (let at = 0; ; at++) {
    let calls = 0;
    const client = faultyClient(world.table.client, () => (calls++ === at ? "crash-after" : undefined));
    const subject = { id: world.user.id, traits: {} };
    const isWhole = await userItemsOf({ table: { ...world.table, client } })
      .erase(subject)
      .then(
        () => true,
        () => false,
      );
    if (isWhole) break;
  }
  const left = (await world.items()).map(({ pk }) => String(pk));
  expect(left.filter((pk) => /^(inbox|notification-preferences|identity|subject-of)#/.test(pk))).toEqual([]);
});

test("H7 persons are found by a phone number however it is written, users by their e-mail", async () => {
  const world = await open();
  const { records } = world.protectionThrough();
  expect((await records.findByPhone("+8613912345678")).map(({ id }) => id)).toEqual([world.contact.id]);
  expect(await records.findByPhone("+8613912345679")).toEqual([]);
  expect((await records.findByEmail("Zhao.Min@example.com")).map(({ id }) => id)).toEqual([world.user.id]);
});
