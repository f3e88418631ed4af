import type { Output } from "@shangji/client";
import { beforeAll, expect, test } from "vitest";
import { clientOf, eventually, makePipeline, personOf, raw } from "./api.ts";
import { type SignedIn, signedIn } from "./sign-in.ts";

const admin = clientOf("admin");
let rep: SignedIn;
let teamId: string;
let stages: string[];
let read: { id: string; version: number };
let write: { id: string; version: number };
let unshared: { id: string; version: number };

beforeAll(async () => {
  teamId = (await admin.call("createTeam", { body: { name: "Shared with" } })).id;
  rep = await signedIn("rep", teamId);
  const pipeline = await makePipeline(admin);
  stages = pipeline.stages.map(({ id }) => id);
  const make = (name: string) => admin.call("createOpportunity", { body: { name, pipelineId: pipeline.id } });
  [read, write, unshared] = await Promise.all([make("读"), make("写"), make("无")]);
});

const ask = (path: string, method = "GET", body?: object) =>
  raw(path, { method, token: rep.token, ...(body ? { body } : {}), headers: { "if-match": '"1"' } });

async function pass31Seconds(): Promise<void> {
  expect((await raw("/_local/clock", { body: { advance: "PT31S" } })).status).toBe(200);
}

test("H2 a shared record is read, or changed too, by whom it is shared with, until the share ends", async () => {
  const deal = ({ id }: { id: string }) => `/v1/opportunities/${id}`;
  expect((await ask(deal(read))).status).toBe(404);
  const share = await admin.call("putShare", { path: { id: read.id, principalId: rep.id }, body: { level: "read" } });
  await admin.call("putShare", { path: { id: write.id, principalId: teamId }, body: { level: "write" } });
  expect(await admin.call("listShares", { path: { id: read.id } })).toEqual({ items: [share] });
  await pass31Seconds();

  for (const each of [read, write]) {
    expect((await ask(deal(each))).status).toBe(200);
    expect((await ask(`/v1/records/${each.id}/timeline`)).status).toBe(200);
    expect((await ask(`/v1/records/${each.id}/notes`, "POST", { text: "seen" })).status).toBe(201);
    expect((await ask(deal(each), "DELETE")).status).toBe(403);
  }
  const idsOf = async (query: string) =>
    ((await ask(`/v1/opportunities?${query}`)).body.items as { id: string }[]).map(({ id }) => id).sort();
  const expected = [read.id, write.id].sort();
  for (const query of ["limit=50", `stage=${stages[0]}&limit=50`]) expect(await idsOf(query)).toEqual(expected);
  expect((await ask(deal(read), "PATCH", { name: "x" })).status).toBe(403);
  expect((await ask(deal(write), "PATCH", { name: "改" })).status).toBe(200);
  const moved = await raw(`${deal(write)}/transitions`, { token: rep.token, body: { to: stages[1] } });
  expect(moved.status).toBe(200);
  expect((await ask(`/v1/access/explain?entity=opportunity&id=${read.id}`)).body).toMatchObject({ because: "share" });

  // Nor does it make the record its holder's, or anybody else's.
  const { version } = (await ask(deal(write))).body;
  for (const ownerId of [rep.id, null]) {
    const headers = { "if-match": `"${version}"` };
    const taken = await raw(deal(write), { method: "PATCH", token: rep.token, body: { ownerId }, headers });
    expect(taken.body).toMatchObject({ status: 403, code: "forbidden" });
  }

  // A share is not handed on, and what is not shared is not there.
  const { principalId } = share;
  expect((await ask(`/v1/records/${write.id}/shares/${principalId}`, "PUT", { level: "write" })).status).toBe(403);
  expect((await ask(`/v1/records/${write.id}/shares/${teamId}`, "DELETE")).status).toBe(403);
  expect((await ask(deal(unshared))).status).toBe(404);
  expect((await ask(`/v1/records/${unshared.id}/shares`)).status).toBe(404);
  expect((await ask(`/v1/records/${unshared.id}/shares/${principalId}`, "PUT", {})).status).toBe(404);

  for (const path of [
    { id: read.id, principalId: rep.id },
    { id: write.id, principalId: teamId },
  ]) {
    await admin.call("endShare", { path });
    await admin.call("endShare", { path });
  }
  await pass31Seconds();
  for (const each of [read, write]) expect((await ask(deal(each))).status).toBe(404);
  expect(await idsOf("limit=50")).toEqual([]);
});

test("H2 a record is shared with somebody who exists, and with fifty at most", async () => {
  const path = { id: unshared.id, principalId: "usr_01JD7Z3Q5V9W0X2Y4Z6A8B0C1D" };
  await expect(admin.call("putShare", { path, body: {} })).rejects.toMatchObject({ code: "unknown_reference" });
  const teams = await Promise.all(
    Array.from({ length: 51 }, (_, index) => admin.call("createTeam", { body: { name: `T${index}` } })),
  );
  for (const { id } of teams.slice(0, 50)) {
    await admin.call("putShare", { path: { id: unshared.id, principalId: id }, body: {} });
  }
  const oneMore = { path: { id: unshared.id, principalId: teams[50]?.id ?? "" }, body: {} };
  await expect(admin.call("putShare", oneMore)).rejects.toMatchObject({ status: 409, code: "too_many_shares" });
  // One of the fifty can still be changed.
  const again = { path: { id: unshared.id, principalId: teams[0]?.id ?? "" }, body: { level: "write" as const } };
  expect(await admin.call("putShare", again)).toMatchObject({ level: "write" });
});

const kinds = [
  ["opportunity", "opportunities"],
  ["lead", "leads"],
] as const;

test.each(kinds)(
  "H3 who has shared which %s with whom is in its history for its readers, and on the trail for admins",
  async (kind, folder) => {
    const [colleague, made, me] = await Promise.all([
      signedIn("rep", teamId),
      raw(`/v1/${folder}`, { role: "admin", body: { name: "审计共享" } }),
      personOf(admin),
    ]);
    const record = { id: String(made.body.id) };
    const share = { path: { id: record.id, principalId: rep.id } };
    const path = `/v1/records/${record.id}/shares/${rep.id}`;
    const granted = await raw(path, { role: "admin", method: "PUT", body: { level: "read" } });
    const widened = await admin.call("putShare", { ...share, body: { level: "write" } });
    // Put again as it is, it changes nothing, and the trail tells of nothing.
    expect(await admin.call("putShare", { ...share, body: { level: "write" } })).toEqual(widened);
    await pass31Seconds();
    type Entries = { items: Output<"listAudit">["items"] };
    const seenBy = async (token: string | undefined, role?: "admin" | "analyst") => {
      const answer = await raw(`/v1/${folder}/${record.id}/history`, {
        ...(token === undefined ? {} : { token }),
        ...(role === undefined ? {} : { role }),
      });
      const { items = [] } = answer.body as Partial<Entries>; // the answer of a history, or a problem
      return { status: answer.status, actions: items.map(({ action }) => action), items };
    };
    const shown = await eventually(
      () => seenBy(rep.token),
      ({ actions }) => actions.length === 3,
    );
    expect(shown.items[2]).toMatchObject({ action: "created", kind });
    expect(shown.items[1]).toEqual({
      id: expect.any(String),
      at: granted.body.sharedAt,
      actorId: me.user.id,
      source: "api",
      requestId: granted.headers.get("apigw-requestid"),
      command: "shareRecord",
      category: "access",
      action: "shared",
      kind: "share",
      recordId: record.id,
      principalId: rep.id,
      changes: [{ field: "level", to: "read" }],
    });
    expect(shown.items[0]).toMatchObject({
      action: "shared",
      changes: [{ field: "level", from: "read", to: "write" }],
    });
    expect(await seenBy(undefined, "admin")).toEqual(shown);
    expect(await seenBy(undefined, "analyst")).toEqual(shown);
    expect(await seenBy(colleague.token)).toMatchObject({ status: 404, actions: [] });

    await admin.call("endShare", share);
    await admin.call("endShare", share);
    await pass31Seconds();
    const left = await eventually(
      () => seenBy(undefined, "admin"),
      ({ actions }) => actions.length === 4,
    );
    const end = { action: "share_ended", command: "endShare", actorId: me.user.id, principalId: rep.id };
    expect(left.items[0]).toMatchObject({ ...end, changes: [{ field: "level", from: "write" }] });
    expect(await seenBy(rep.token)).toMatchObject({ status: 404, actions: [] });

    const trail = `/v1/audit?entity=share&actor=${me.user.id}&limit=200`;
    const all = await raw(trail, { role: "admin" });
    const ofRecord = (all.body as Entries).items.filter(({ recordId }) => recordId === record.id); // the answer of the trail
    expect(ofRecord).toEqual(left.items.slice(0, 3));
    for (const role of ["manager", "rep", "analyst"] as const) expect((await raw(trail, { role })).status).toBe(403);
  },
);
