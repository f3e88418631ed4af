import { PutCommand } from "@aws-sdk/lib-dynamodb";
import { createContact } from "@shangji/core/contacts/create-contact";
import { updateContact } from "@shangji/core/contacts/update-contact";
import { isErased } from "@shangji/core/protection/erase-subject";
import type { RequestDeps } from "@shangji/core/protection/ports";
import { replayErasures } from "@shangji/core/protection/replay-erasures";
import { runRequest } from "@shangji/core/protection/run-request";
import { createNote } from "@shangji/core/timeline/create-note";
import { type DynamoDb, startDynamoDb } from "@shangji/testing/dynamodb";
import { faultyClient } from "@shangji/testing/faulty-client";
import { testViewer } from "@shangji/testing/world";
import { afterAll, beforeAll, expect, test } from "vitest";
import { mergesWith, storesIn } from "../merges/world.ts";
import { erasureWorld, secrets } from "./erasure-world.ts";

let db: DynamoDb;
beforeAll(async () => {
  db = await startDynamoDb();
});
afterAll(() => db.stop());

async function runToEnd(id: string, deps: RequestDeps): Promise<void> {
  for (let chunks = 0; !(await runRequest({ id }, deps)).done; chunks++) {
    if (chunks > 50) throw new Error("the request never ends");
  }
}

const found = (text: string) =>
  secrets.filter((secret) => text.includes(secret) || text.includes(JSON.stringify(secret).slice(1, -1)));

test("H7 erasure leaves nothing of a person: no record, note, history, claim or unique value", async () => {
  const world = await erasureWorld(db);
  // The trail never held the values in plain; the store did.
  expect(found(await world.stored())).toEqual(secrets);
  expect(found(JSON.stringify((await world.trail.history(world.contact.id, { limit: 9 })).items))).toContain(
    secrets[0],
  );
  const { id } = await world.request("erasure");
  await runToEnd(id, world.protectionThrough());
  expect(found(await world.stored())).toEqual([]);
  expect(await world.contacts.get(world.contact.id)).toBeUndefined();
  expect(await world.contacts.findByUnique("externalId", ["erp#ERP-4711"])).toEqual(new Map());
  expect(isErased(await world.protectionThrough().records.get(world.contact.id))).toBe(true);
  // Whoever repeats the first calls neither gets their answer nor makes the person again.
  for (const claim of [world.claim, world.noteClaim])
    expect(await world.claims.find(claim)).toEqual({ fingerprint: "f" });
  expect(await world.protectionThrough().requests.get(id)).toMatchObject({ status: "completed", version: 2 });
});

test("H7 A5 erasure reaches the records that were merged into a person's, and what is kept to undo that", async () => {
  const world = await erasureWorld(db);
  const stores = storesIn(world.table);
  // Its ids go on from those of the world.
  const context = { ...world.deps.context, claim: undefined };
  const other = await createContact(
    { name: `${secrets[0]} (2)`, email: `x${secrets[1]}`, tags: [] },
    { ...world.deps, context },
  );
  await world.publish(world.image(other));
  const viewer = testViewer();
  await createNote({ recordId: other.id, text: secrets[4] ?? "" }, { timeline: stores.timeline, context, viewer });
  const { merge, undo } = mergesWith(stores, context);
  const made = await merge(world.contact, other, {}, "contact");
  const { id } = await world.request("erasure");
  await runToEnd(id, world.protectionThrough());
  expect(found(await world.stored())).toEqual([]);
  await expect(undo(made)).rejects.toMatchObject({ code: "not_found" });
  const erased: string[] = [];
  for await (const { subjectId } of world.ledger.all()) erased.push(subjectId);
  expect(erased.sort()).toEqual([world.contact.id, other.id].sort());
});

/** Two contacts, the one with the secrets merged into the other, and what the stream tells of the one that stays. */
async function mergedWorld() {
  const world = await erasureWorld(db);
  const context = { ...world.deps.context, claim: undefined };
  const { merge, undo } = mergesWith(storesIn(world.table), context);
  const winner = await createContact({ name: "Li Lei", tags: [] }, { ...world.deps, context });
  await world.publish(world.image(winner));
  const told = async (change: () => Promise<unknown>) => {
    const before = (await world.contacts.get(winner.id)) ?? {};
    await change();
    await world.publish(world.image((await world.contacts.get(winner.id)) ?? {}), world.image(before));
  };
  return { ...world, winner, told, merge: () => merge(winner, world.contact, {}, "contact"), undo };
}

test("H7 A5 who was part of another's record for a while leaves none of their values in its history", async () => {
  const world = await mergedWorld();
  let merged: Awaited<ReturnType<typeof world.merge>> | undefined;
  await world.told(async () => {
    merged = await world.merge();
  });
  await world.told(() =>
    updateContact(
      { id: world.winner.id, patch: { phone: "139 0000 0000" } },
      { ...world.deps, context: { ...world.deps.context, claim: undefined } },
    ),
  );
  await world.told(async () => merged && world.undo(merged, "discard"));
  const historyOf = async () => (await world.trail.history(world.winner.id, { limit: 9 })).items;
  const before = await historyOf();
  expect(before.map(({ command }) => command)).toEqual(["undoMerge", "updateContact", "mergeRecords", "createContact"]);
  expect(found(JSON.stringify(before))).toEqual(expect.arrayContaining(["139 1234 5678", "ERP-4711", "采购总监"]));
  const { id } = await world.request("erasure");
  await runToEnd(id, world.protectionThrough());
  const after = await historyOf();
  expect(found(JSON.stringify(after))).toEqual([]);
  expect(after[2]?.changes).toContainEqual({ field: "phone", erased: true });
  // The other one is a person of their own, with a history of their own.
  expect(after[3]?.changes).toContainEqual({ field: "name", to: "Li Lei" });
  expect(await world.contacts.get(world.winner.id)).toMatchObject({ name: "Li Lei" });
});

test("H7 A5 who asks for the person by a record that was merged into another gets them there", async () => {
  const world = await mergedWorld();
  const early = await world.request("erasure");
  await world.merge();
  // Ordered before the merge and begun after it: nothing of the person is left under that id.
  await runToEnd(early.id, world.protectionThrough());
  const { requests } = world.protectionThrough();
  expect(await requests.get(early.id)).toMatchObject({ status: "failed", problem: expect.stringContaining("merged") });
  expect(await world.contacts.get(world.winner.id)).toMatchObject({ email: secrets[1] });
  const request = await world.request("erasure", { ...world.deps.context, claim: undefined });
  expect(request.subjectId).toBe(world.winner.id);
  await runToEnd(request.id, world.protectionThrough());
  expect(await requests.get(request.id)).toMatchObject({ status: "completed" });
  expect(found(await world.stored())).toEqual([]);
});

test("H7 A1 a person who is being erased is not among the deleted, and does not come back", async () => {
  const world = await erasureWorld(db);
  const { id } = await world.request("erasure");
  for (let chunk = 0; chunk < 2; chunk++) {
    await runRequest({ id }, world.protectionThrough());
    expect((await world.contacts.listDeleted({ by: "all", teamIds: [] }, { limit: 9 })).items).toEqual([]);
    expect(await world.contacts.getDeleted(world.contact.id)).toBeUndefined();
  }
});

test("H7 the trail keeps who changed which field of an erased person when, and no value of it", async () => {
  const world = await erasureWorld(db);
  const { id } = await world.request("erasure");
  await runToEnd(id, world.protectionThrough());
  const { items } = await world.trail.history(world.contact.id, { limit: 9 });
  expect(items.map(({ action }) => action)).toEqual(["updated", "created"]);
  expect(items[0]?.changes).toEqual([{ field: "title", erased: true }]);
  expect(items[1]?.changes).toContainEqual({ field: "email", erased: true });
  const ofNote = await world.trail.history(world.note.id, { limit: 9 });
  expect(ofNote.items[0]?.changes).toContainEqual({ field: "text", erased: true });
  expect(ofNote.items[0]?.changes).toContainEqual({ field: "recordId", to: world.contact.id });
});

test("H7 a change that the stream tells of only after the erasure leaves no value in the trail", async () => {
  const world = await erasureWorld(db);
  const late = { ...world.contact, name: "王芳芳 Late", version: 3 };
  const { id } = await world.request("erasure");
  await runToEnd(id, world.protectionThrough());
  await world.publish(world.image(late), world.image(world.contact));
  const { items } = await world.trail.history(world.contact.id, { limit: 1 });
  expect(items[0]).toMatchObject({ version: 3, changes: [{ field: "name", erased: true }] });
  expect(await world.stored()).not.toContain("王芳芳");
});

test("H7 partners hear that a contact is erased, and nothing else of it", async () => {
  const world = await erasureWorld(db);
  const { records } = world.protectionThrough();
  const { id } = await world.request("erasure");
  const deps = world.protectionThrough();
  await runRequest({ id }, deps);
  const closed = await records.get(world.contact.id);
  await runToEnd(id, deps);
  const stripped = await records.get(world.contact.id);
  world.published.length = 0;
  await world.publish(world.image(closed ?? {}), world.image(world.contact));
  await world.publish(world.image(stripped ?? {}), world.image(closed ?? {}));
  expect(world.published.map(({ type }) => type)).toEqual(["contact.erased.v1"]);
  expect(Object.keys(world.published[0]?.data ?? {}).sort()).toEqual(["createdAt", "id", "updatedAt", "version"]);
  const [entry] = (await world.trail.history(world.contact.id, { limit: 1 })).items;
  expect(entry).toMatchObject({ action: "erased", command: "eraseSubject", requestId: id, changes: [] });
});

test("H7 an erasure that is stopped at any call to the store is finished by a retry", async () => {
  // A crash just before a call leaves what one just after the call before has left.
  for (let at = 0; ; at++) {
    const world = await erasureWorld(db);
    const { id } = await world.request("erasure");
    let calls = 0;
    const client = faultyClient(world.table.client, () => (calls++ === at ? "crash-after" : undefined));
    const isWhole = await runToEnd(id, world.protectionThrough(client)).then(
      () => true,
      () => false,
    );
    await runToEnd(id, world.protectionThrough());
    expect({ at, found: found(await world.stored()) }).toEqual({ at, found: [] });
    expect(await world.protectionThrough().requests.get(id)).toMatchObject({ status: "completed" });
    if (isWhole) break;
  }
});

test("H7 the ledger erases again what an older copy has brought back", async () => {
  const world = await erasureWorld(db);
  const backup = await world.items();
  const { id } = await world.request("erasure");
  await runToEnd(id, world.protectionThrough());
  const copy = await db.createTable();
  for (const Item of backup) await copy.client.send(new PutCommand({ TableName: copy.name, Item }));
  // The copy takes the place of the table, and has brought everything back.
  Object.assign(world.table, { name: copy.name });
  expect(found(await world.stored())).toEqual(secrets);
  const ofCopy = world.protectionThrough();
  expect(await replayErasures(world.ledger, ofCopy)).toEqual({ erasures: 1, left: [] });
  expect(found(await world.stored())).toEqual([]);
  // Once more changes nothing.
  const before = await world.stored();
  await replayErasures(world.ledger, ofCopy);
  expect(await world.stored()).toBe(before);
});
