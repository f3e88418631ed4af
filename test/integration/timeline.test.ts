import { GetCommand } from "@aws-sdk/lib-dynamodb";
import { accountsIn } from "@shangji/aws/dynamo/accounts/accounts";
import { timelineIn } from "@shangji/aws/dynamo/timeline/timeline";
import type { Account } from "@shangji/contracts/accounts/schemas";
import type { Note } from "@shangji/contracts/timeline/schemas";
import { newRecord } from "@shangji/core/kit/new-record";
import { bury } from "@shangji/core/kit/revise";
import { createNote } from "@shangji/core/timeline/create-note";
import { deleteNote } from "@shangji/core/timeline/delete-note";
import { deriveEntries } from "@shangji/core/timeline/derive-entries";
import { getTimeline } from "@shangji/core/timeline/get-timeline";
import { updateNote } from "@shangji/core/timeline/update-note";
import { type DynamoDb, startDynamoDb } from "@shangji/testing/dynamodb";
import { testClock, testContext, testViewer } from "@shangji/testing/world";
import { afterAll, beforeAll, expect, test } from "vitest";

let db: DynamoDb;
beforeAll(async () => {
  db = await startDynamoDb();
});
afterAll(() => db.stop());

async function world() {
  const table = await db.createTable();
  const clock = testClock();
  const context = testContext({ clock });
  const accounts = accountsIn(table);
  const account = newRecord<Account>("account", { name: "Acme", tags: [] }, { context, command: "test" });
  await accounts.create(account);
  /** What stands under one sort key of the account. */
  async function itemAt(sk: string) {
    const { Item } = await table.client.send(new GetCommand({ TableName: table.name, Key: { pk: account.id, sk } }));
    return Item;
  }
  const deps = { timeline: timelineIn(table), context, viewer: testViewer() };
  return { table, clock, accounts, account, itemAt, deps };
}

test("notes and what happened are one list, newest first, page by page", async () => {
  const { clock, account, deps } = await world();
  const created = deriveEntries({ kind: "account", after: { ...account } }, () => new Uint8Array(10));
  // A repeated batch of the stream adds nothing.
  await deps.timeline.append([...created, ...created]);
  await deps.timeline.append(created);
  const notes = [];
  for (const text of ["one", "two", "three"]) {
    clock.advance(1000);
    notes.push(await createNote({ recordId: account.id, text }, deps));
  }
  const first = await getTimeline({ recordId: account.id, limit: 2 }, deps);
  const second = await getTimeline({ recordId: account.id, limit: 10, after: first.next }, deps);
  expect([...first.items, ...second.items].map(({ kind, note }) => note?.text ?? kind)).toEqual([
    "three",
    "two",
    "one",
    "created",
  ]);
  expect(first.items[0]?.note).toEqual(notes[2]);
});

test("a follow-up is on the timeline with all that it says, and of two who each take a part of it away one is refused", async () => {
  const { account, deps, itemAt } = await world();
  const said = { channel: "message", outcome: "replied" } as const;
  const note = await createNote({ recordId: account.id, text: "微信回复", ...said }, deps);
  const { items } = await getTimeline({ recordId: account.id, limit: 10 }, deps);
  expect(items[0]?.note).toEqual(note);
  expect(await itemAt(`timeline#${note.id.slice("note_".length)}`)).toMatchObject({
    ...said,
    happenedAt: note.createdAt,
  });
  const without = (field: string) =>
    updateNote({ id: account.id, noteId: note.id, patch: { [field]: null } }, deps).then(
      () => "changed",
      (error: { code: string }) => error.code,
    );
  const outcomes = await Promise.all([without("channel"), without("outcome")]);
  expect(outcomes.toSorted()[0]).toBe("changed");
  expect(["conflict", "invalid_request"]).toContain(outcomes.toSorted()[1]);
  const left = await deps.timeline.getNote(account.id, note.id, undefined);
  expect([left?.channel, left?.outcome].filter((each) => each !== undefined)).toHaveLength(1);
});

test("a note is changed and deleted on its version only", async () => {
  const { account, deps } = await world();
  const note = await createNote({ recordId: account.id, text: "one" }, deps);
  const target = { id: account.id, noteId: note.id };
  const changed = await updateNote({ ...target, patch: { text: "two" }, expectedVersion: 1 }, deps);
  expect(await deps.timeline.getNote(account.id, note.id, undefined)).toEqual(changed);
  await expect(deps.timeline.updateNote(note, changed)).rejects.toMatchObject({ code: "conflict" });
  await expect(deps.timeline.removeNote(note, note)).rejects.toMatchObject({ code: "conflict" });
  await deleteNote({ ...target, expectedVersion: 2 }, deps);
  expect(await deps.timeline.getNote(account.id, note.id, undefined)).toBeUndefined();
  await expect(deleteNote(target, deps)).rejects.toMatchObject({ code: "not_found" });
  expect((await getTimeline({ recordId: account.id, limit: 10 }, deps)).items).toEqual([]);
});
test("of a deleted note stays who has deleted it, not its text, and for a week", async () => {
  const { clock, account, deps, itemAt } = await world();
  const note = await createNote({ recordId: account.id, text: "a secret" }, deps);
  clock.advance(1000);
  await deleteNote({ id: account.id, noteId: note.id }, deps);
  const left = await itemAt(`timeline#${note.id.slice("note_".length)}`);
  expect(left).toMatchObject({
    __edb_e__: "note",
    version: 2,
    change: { command: "deleteNote", actorId: note.authorId },
  });
  expect(JSON.stringify(left)).not.toContain("secret");
  expect(left?.ttl).toBe(Math.floor(clock.now().getTime() / 1000) + 7 * 86_400);
});

test("a record that is missing or deleted takes no note and shows no timeline", async () => {
  const { accounts, account, deps } = await world();
  const refused = async (recordId: string) => {
    await expect(createNote({ recordId, text: "x" }, deps)).rejects.toMatchObject({ code: "not_found" });
    await expect(getTimeline({ recordId, limit: 10 }, deps)).rejects.toMatchObject({ code: "not_found" });
  };
  await refused("acc_01JD7Z3Q5V9W0X2Y4Z6A8B0C1D");
  await createNote({ recordId: account.id, text: "x" }, deps);
  await accounts.remove(account, bury(account, deps.context, "test"));
  await refused(account.id);
});

test("more entries than one batch holds are all kept", async () => {
  const { clock, account, deps } = await world();
  const entries = Array.from({ length: 60 }, (_, index) => {
    clock.advance(1);
    const change = { ...account.change, at: clock.now().toISOString() };
    return deriveEntries({ kind: "account", after: { ...account, change } }, () => new Uint8Array(10).fill(index));
  });
  await deps.timeline.append(entries.flat());
  expect((await getTimeline({ recordId: account.id, limit: 200 }, deps)).items).toHaveLength(60);
});

test("a note and a timeline are there for those who see the record, and for nobody else", async () => {
  const { table, deps, accounts } = await world();
  const { context } = deps;
  const [ownerId, teamId] = ["usr_1", "team_1"];
  const owned = newRecord<Account>(
    "account",
    { name: "Owned", tags: [], ownerId, teamId },
    { context, command: "test" },
  );
  await accounts.create(owned);
  const timeline = timelineIn(table);
  const note = newRecord<Note>(
    "note",
    { recordId: owned.id, text: "x", authorId: ownerId },
    { context, command: "test" },
  );
  const unseen = { ownerId: "usr_2", teamIds: ["team_2", "team_3"], recordIds: [] };
  await expect(timeline.createNote(note, unseen)).rejects.toMatchObject({ code: "not_found" });
  await timeline.createNote(note, { ownerId: "usr_2", teamIds: ["team_2", teamId], recordIds: [] });
  for (const seen of [
    undefined,
    { ownerId, teamIds: [], recordIds: [] },
    { ownerId: "usr_2", teamIds: [teamId], recordIds: [] },
  ]) {
    expect((await timeline.list(owned.id, { limit: 10 }, seen))?.items).toHaveLength(1);
    expect(await timeline.getNote(owned.id, note.id, seen)).toEqual(note);
  }
  const shared = { ...unseen, recordIds: [owned.id] };
  expect((await timeline.list(owned.id, { limit: 10 }, shared))?.items).toHaveLength(1);
  expect(await timeline.getNote(owned.id, note.id, shared)).toEqual(note);
  expect(await timeline.list(owned.id, { limit: 10 }, unseen)).toBeUndefined();
  expect(await timeline.getNote(owned.id, note.id, unseen)).toBeUndefined();
  const teams = Array.from({ length: 250 }, (_, index) => `team_01JD7Z3Q5V9W0X2Y4Z6A8B${index}`);
  const second = newRecord<Note>(
    "note",
    { recordId: owned.id, text: "y", authorId: ownerId },
    { context, command: "test" },
  );
  await timeline.createNote(second, { ownerId: "usr_2", teamIds: [...teams, teamId], recordIds: [] });
});
