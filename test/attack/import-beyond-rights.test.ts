import { randomUUID } from "node:crypto";
import { type Client, createClient } from "@shangji/client";
import type { ImportEntity } from "@shangji/contracts/imports/schemas";
import { beforeAll, expect, inject, test } from "vitest";
import { clientOf, eventually, raw } from "../e2e/api.ts";
import { type SignedIn, signedIn } from "../e2e/sign-in.ts";

const admin = clientOf("admin");
let sender: SignedIn;
let client: Client;
let owners: Record<"mine" | "foreign", { id: string; name: string }>;

/** A manager, who may send files, and people of the own and of another team. */
beforeAll(async () => {
  const mine = await admin.call("createTeam", { body: { name: `Mine ${randomUUID()}` } });
  const foreign = await admin.call("createTeam", { body: { name: `Foreign ${randomUUID()}` } });
  await raw("/_local/clock", { body: { advance: "PT31S" } });
  const ownerIn = (teamId: string) =>
    admin.call("createUser", { body: { name: `Owner ${randomUUID()}`, role: "rep", teamId } });
  owners = { mine: await ownerIn(mine.id), foreign: await ownerIn(foreign.id) };
  sender = await signedIn("manager", mine.id);
  client = createClient({ baseUrl: inject("stack").apiUrl, token: sender.freshToken, retries: 0 });
  await raw("/_local/clock", { body: { advance: "PT31S" } });
});

async function begin(entity: ImportEntity) {
  return client.call("createImport", { body: { entity } });
}

/** Puts a file to the link of an import, and answers the lines of its errors file: the row and the reason. */
async function send({ id, uploadUrl = "", uploadHeaders = {} }: Awaited<ReturnType<typeof begin>>, rows: string[]) {
  const answer = await fetch(uploadUrl, { method: "PUT", headers: uploadHeaders, body: `${rows.join("\n")}\n` });
  expect(answer.status).toBe(200);
  const done = await eventually(
    () => admin.call("getImport", { path: { id } }),
    ({ status }) => status === "completed" || status === "failed",
    60,
  );
  expect(done.status).toBe("completed");
  const text = done.errorsUrl ? await (await fetch(done.errorsUrl)).text() : "";
  const reasons = text.split("\r\n").slice(1, -1);
  return { counts: done.counts, reasons: reasons.map((line) => line.split(",").slice(-2).join(",")) };
}

const notThere = "forbidden: your role may not add a record of this owner";
const taken = "duplicate_value: externalId: another record has this value";

test("H3 a file neither takes another team's deal over by its external id, nor adds one to that team", async () => {
  const id = `X-${randomUUID()}`;
  const foreign = await admin.call("createOpportunity", {
    body: { name: "Not theirs", ownerId: owners.foreign.id, externalId: { source: "import", id } },
  });
  const sent = await send(await begin("opportunities"), [
    "name,externalId,owner,amount",
    `Mine now,${id},${owners.mine.id},1`,
    `A gift,${id}-2,${owners.foreign.name},1`,
    `Honest,${id}-3,${owners.mine.name},1`,
  ]);
  expect(sent.reasons).toEqual([`2,${taken}`, `3,${notThere}`]);
  expect(sent.counts).toMatchObject({ created: 1, updated: 0, failed: 2 });
  const path = { id: foreign.id };
  expect(await admin.call("getOpportunity", { path })).toMatchObject({ name: "Not theirs", version: foreign.version });
});

test("H3 an account that everybody reads is not changed by a file of who may not change it", async () => {
  const id = `X-${randomUUID()}`;
  const body = { name: "Theirs", ownerId: owners.foreign.id, externalId: { source: "import", id } };
  const foreign = await admin.call("createAccount", { body });
  const rows = ["name,externalId,owner,region", `Ours,${id},${owners.mine.name},Home`];
  const sent = await send(await begin("accounts"), rows);
  expect(sent.reasons).toEqual(["2,forbidden: your role does not cover this record"]);
  expect(await admin.call("getAccount", { path: { id: foreign.id } })).toMatchObject({ name: "Theirs", version: 1 });
});

test("H2 a file changes a deal that is shared with its sender, and neither takes nor gives it away", async () => {
  const id = `X-${randomUUID()}`;
  const body = { name: "Shared", ownerId: owners.foreign.id, externalId: { source: "import", id } };
  const shared = await admin.call("createOpportunity", { body });
  await admin.call("putShare", { path: { id: shared.id, principalId: sender.id }, body: { level: "write" } });
  await raw("/_local/clock", { body: { advance: "PT31S" } });
  const head = "name,externalId,owner";
  const taking = await send(await begin("opportunities"), [head, `Mine now,${id},${owners.mine.id}`]);
  expect(taking.reasons).toEqual(["2,forbidden: your role does not cover this record"]);
  const path = { id: shared.id };
  expect(await admin.call("getOpportunity", { path })).toEqual(shared);
  const changing = await send(await begin("opportunities"), [head, `Renamed,${id},${owners.foreign.id}`]);
  expect(changing).toMatchObject({ reasons: [], counts: { updated: 1, failed: 0 } });
  expect(await admin.call("getOpportunity", { path })).toMatchObject({ name: "Renamed", ownerId: owners.foreign.id });
});

test("H3 a file that arrives after its sender was deactivated writes nothing", async () => {
  const begun = await begin("contacts");
  await admin.call("deactivateUser", { path: { id: sender.id }, body: { handOverTo: null } });
  const sent = await send(begun, ["name,owner", `Late,${owners.mine.name}`]);
  expect(sent.reasons).toEqual(["2,forbidden: whoever sent the import may not enter any more"]);
  const { items } = await admin.call("listContacts", { query: { owner: owners.mine.id } });
  expect(items).toEqual([]);
});
