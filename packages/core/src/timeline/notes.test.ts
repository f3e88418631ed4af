import type { Role } from "@shangji/contracts/kit/primitives";
import { fakeTimeline } from "@shangji/testing/fakes/timeline";
import { testContext, testViewer } from "@shangji/testing/world";
import { expect, test } from "vitest";
import { createNote } from "./create-note.ts";
import { deleteNote } from "./delete-note.ts";
import { getTimeline } from "./get-timeline.ts";
import { updateNote } from "./update-note.ts";

const recordId = "opp_01JD7Z3Q5V9W0X2Y4Z6A8B0C1D";

function world() {
  const timeline = fakeTimeline(async (id) => (id === recordId ? { ownerId: "usr_1", teamId: "team_1" } : undefined));
  return (userId: string, role: Role = "rep", teamId = "team_1") => {
    const actor = { userId, role, teamId };
    return { timeline, context: testContext(actor), viewer: testViewer(actor) };
  };
}

test("a note is on the timeline of its record", async () => {
  const as = world();
  const note = await createNote({ recordId, text: "Called." }, as("usr_1"));
  expect((await getTimeline({ recordId, limit: 10 }, as("usr_2"))).items).toEqual([
    { id: note.id, at: note.createdAt, kind: "note", actorId: "usr_1", note },
  ]);
});

test("a record that does not exist has neither notes nor a timeline", async () => {
  const as = world();
  const missing = { code: "not_found" };
  await expect(createNote({ recordId: "opp_other", text: "x" }, as("usr_1"))).rejects.toMatchObject(missing);
  await expect(getTimeline({ recordId: "opp_other", limit: 10 }, as("usr_1"))).rejects.toMatchObject(missing);
});

test("a record that the caller may not read takes no note and shows none", async () => {
  const as = world();
  const note = await createNote({ recordId, text: "Called." }, as("usr_1"));
  const [stranger, missing] = [as("usr_2", "rep", "team_2"), { code: "not_found" }];
  await expect(getTimeline({ recordId, limit: 10 }, stranger)).rejects.toMatchObject(missing);
  await expect(createNote({ recordId, text: "x" }, stranger)).rejects.toMatchObject(missing);
  await expect(deleteNote({ id: recordId, noteId: note.id }, stranger)).rejects.toMatchObject(missing);
});

test.each<[string, Role, boolean]>([
  ["usr_1", "rep", true],
  ["usr_2", "rep", false],
  ["usr_2", "integration", false],
  ["usr_2", "manager", true],
  ["usr_2", "admin", true],
])("a note of usr_1 may be changed and deleted by %s, a %s: %s", async (userId, role, allowed) => {
  const as = world();
  const note = await createNote({ recordId, text: "Called." }, as("usr_1"));
  const target = { id: recordId, noteId: note.id };
  const update = updateNote({ ...target, patch: { text: "Changed" }, expectedVersion: 1 }, as(userId, role));
  if (!allowed) {
    await expect(update).rejects.toMatchObject({ code: "forbidden" });
    await expect(deleteNote(target, as(userId, role))).rejects.toMatchObject({ code: "forbidden" });
    return;
  }
  expect(await update).toMatchObject({ text: "Changed", authorId: "usr_1", version: 2 });
  await deleteNote({ ...target, expectedVersion: 2 }, as(userId, role));
  expect((await getTimeline({ recordId, limit: 10 }, as("usr_1"))).items).toEqual([]);
});

test("a note is found only on its own record and changed only on its version", async () => {
  const as = world();
  const note = await createNote({ recordId, text: "Called." }, as("usr_1"));
  const elsewhere = { id: "acc_other", noteId: note.id };
  await expect(deleteNote(elsewhere, as("usr_1"))).rejects.toMatchObject({ code: "not_found" });
  const stale = deleteNote({ id: recordId, noteId: note.id, expectedVersion: 7 }, as("usr_1"));
  await expect(stale).rejects.toMatchObject({ code: "stale_version" });
});

test("a follow-up says how somebody was in touch, with what outcome and when, and a remark says none of it", async () => {
  const as = world();
  const deps = as("usr_1");
  const now = deps.context.clock.now();
  const remark = await createNote({ recordId, text: "Wants a discount." }, deps);
  expect(Object.keys(remark)).toEqual(expect.not.arrayContaining(["channel", "outcome", "happenedAt"]));
  const call = await createNote({ recordId, text: "Called.", channel: "call", outcome: "reached" }, deps);
  expect(call).toMatchObject({ channel: "call", outcome: "reached", happenedAt: call.createdAt });
  // As precise as `Date` writes it, so that instants compare as texts.
  const earlier = new Date(now.getTime() - 3_600_000);
  const happenedAt = earlier.toISOString().replace(".000Z", "Z");
  expect(await createNote({ recordId, text: "Met.", channel: "meeting", happenedAt }, deps)).toMatchObject({
    happenedAt: earlier.toISOString(),
  });
  const { items } = await getTimeline({ recordId, limit: 10 }, as("usr_2"));
  expect(items.map(({ note }) => note?.channel)).toEqual(expect.arrayContaining([undefined, "call", "meeting"]));
});

test.each<[string, number, string | undefined]>([
  ["a month ago", -30 * 1440, undefined],
  ["a month and a minute ago", -30 * 1440 - 1, "must be at most 30 days ago"],
  ["in five minutes", 5, undefined],
  ["in six minutes", 6, "must not be in the future"],
])("a follow-up that happened %s is written or refused", async (_, minutes, message) => {
  const deps = world()("usr_1");
  const happenedAt = new Date(deps.context.clock.now().getTime() + minutes * 60_000).toISOString();
  const written = createNote({ recordId, text: "Called.", channel: "call", happenedAt }, deps);
  if (message === undefined) return expect(await written).toMatchObject({ happenedAt });
  return expect(written).rejects.toMatchObject({
    code: "invalid_request",
    errors: [{ pointer: "/body/happenedAt", message }],
  });
});

test("a patch changes channel and outcome of a follow-up, which stays one, and makes none of a remark", async () => {
  const deps = world()("usr_1");
  const call = await createNote({ recordId, text: "Called.", channel: "call" }, deps);
  const change = (noteId: string, patch: Parameters<typeof updateNote>[0]["patch"]) =>
    updateNote({ id: recordId, noteId, patch }, deps);
  const answered = await change(call.id, { channel: null, outcome: "replied" });
  expect(answered).toMatchObject({ text: "Called.", outcome: "replied", happenedAt: call.happenedAt, version: 2 });
  expect(answered.channel).toBeUndefined();
  const refused = { code: "invalid_request", errors: [{ pointer: "/body" }] };
  await expect(change(call.id, { outcome: null })).rejects.toMatchObject(refused);
  const remark = await createNote({ recordId, text: "Wants a discount." }, deps);
  await expect(change(remark.id, { channel: "call" })).rejects.toMatchObject(refused);
  expect(await change(remark.id, { text: "Wants none." })).toMatchObject({ text: "Wants none.", version: 2 });
});

test("H2 where a role reads its own notes alone, those of others are neither shown nor there to be changed", async () => {
  const as = world();
  const theirs = await createNote({ recordId, text: "Theirs." }, as("usr_1"));
  const { timeline, context, viewer } = as("usr_2");
  const note = { read: "own", create: "all", update: "all", delete: "all" } as const;
  const { roles } = viewer.rules;
  const own = {
    timeline,
    context,
    viewer: { ...viewer, rules: { ...viewer.rules, roles: { ...roles, rep: { ...roles.rep, note } } } },
  };
  expect((await getTimeline({ recordId, limit: 10 }, own)).items).toEqual([]);
  const target = { id: recordId, noteId: theirs.id };
  const missing = { code: "not_found" };
  await expect(updateNote({ ...target, patch: { text: "x" }, expectedVersion: 1 }, own)).rejects.toMatchObject(missing);
  await expect(deleteNote(target, own)).rejects.toMatchObject(missing);
  expect((await getTimeline({ recordId, limit: 10 }, as("usr_1"))).items).toHaveLength(1);
});
