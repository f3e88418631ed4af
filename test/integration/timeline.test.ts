import { GetCommand } from "@aws-sdk/lib-dynamodb";
import { accountsIn } from "@shangji/aws/dynamo/accounts/accounts";
import { timelineIn } from "@shangji/aws/dynamo/timeline/timeline";
import type { Account } from "@shangji/contracts/accounts/schemas";
import { newRecord } from "@shangji/core/kit/new-record";
import { bury } from "@shangji/core/kit/revise";
import { createNote } from "@shangji/core/timeline/create-note";
import { deleteNote } from "@shangji/core/timeline/delete-note";
import { deriveEntries } from "@shangji/core/timeline/derive-entries";
import { getTimeline } from "@shangji/core/timeline/get-timeline";
import { updateNote } from "@shangji/core/timeline/update-note";
import { type DynamoDb, startDynamoDb } from "@shangji/testing/dynamodb";
import { testClock, testContext } from "@shangji/testing/world";
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
  return { clock, accounts, account, itemAt, deps: { timeline: timelineIn(table), context } };
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

test("a note is changed and deleted on its version only", async () => {
  const { account, deps } = await world();
  const note = await createNote({ recordId: account.id, text: "one" }, deps);
  const target = { id: account.id, noteId: note.id };
  const changed = await updateNote({ ...target, patch: { text: "two" }, expectedVersion: 1 }, deps);
  expect(await deps.timeline.getNote(account.id, note.id)).toEqual(changed);
  await expect(deps.timeline.updateNote(note, changed)).rejects.toMatchObject({ code: "conflict" });
  await expect(deps.timeline.removeNote(note, note)).rejects.toMatchObject({ code: "conflict" });
  await deleteNote({ ...target, expectedVersion: 2 }, deps);
  expect(await deps.timeline.getNote(account.id, note.id)).toBeUndefined();
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
