import { randomUUID } from "node:crypto";
import { beforeAll, expect, test } from "vitest";
import { clientOf, eventually, makePipeline, raw } from "./api.ts";
import { type SignedIn, signedIn } from "./sign-in.ts";

const admin = clientOf("admin");
const refuseNames = {
  account: { name: "refuse", phone: "warn" },
  contact: { email: "refuse", phone: "warn" },
  lead: { email: "warn", phone: "warn" },
} as const;

let rep: SignedIn;
beforeAll(async () => {
  rep = await signedIn("rep");
});

const ask = (path: string, method = "GET", body?: object) =>
  raw(path, { method, token: rep.token, ...(body ? { body } : {}) });

async function pass(duration: string): Promise<void> {
  expect((await raw("/_local/clock", { body: { advance: duration } })).status).toBe(200);
}

/** The policy as it is; nobody may have written one yet. */
async function duplicatePolicy() {
  return { createdAt: "", updatedAt: "", ...(await admin.call("getDuplicatePolicy", {})) };
}

test("A5 likely duplicates are named before a record is added, as it is added, and afterwards", async () => {
  const first = await admin.call("createAccount", { body: { name: "曙光电子有限公司", phone: "+86 21 6666 0101" } });
  const { items } = await admin.call("findAccountDuplicates", { query: { name: "曙光电子 Co., Ltd." } });
  expect(items).toEqual([{ id: first.id, name: first.name, matchedBy: ["name"] }]);
  const again = await admin.call("createAccount", { body: { name: "曙光电子", phone: "+862166660101" } });
  expect(again.duplicates).toEqual([{ id: first.id, name: first.name, matchedBy: ["name", "phone"] }]);
  const known = await admin.call("getAccountDuplicates", { path: { id: first.id } });
  expect(known.items.map(({ id }) => id)).toEqual([again.id]);
  const contact = await admin.call("createContact", { body: { name: "李雷", email: "Li.Lei@Example.com" } });
  expect((await admin.call("findContactDuplicates", { query: { email: "li.lei@example.com" } })).items).toEqual([
    { id: contact.id, name: "李雷", matchedBy: ["email"] },
  ]);
  expect((await ask("/v1/accounts/duplicates")).status).toBe(422);
});

test("A5 rows of a batch name their likely duplicates as single requests do; a repeat of it names none", async () => {
  const first = await admin.call("createAccount", { body: { name: "晨光仪表有限公司" } });
  const rows = [
    { create: { name: "晨光仪表" } },
    { create: { name: "没有第二家叫这个" } },
    { upsert: { externalId: { source: "erp", id: randomUUID() }, fields: { name: "晨光仪表股份有限公司" } } },
  ];
  const send = () =>
    raw("/v1/accounts/batch", { role: "admin", body: { rows }, headers: { "idempotency-key": "batch-of-twins" } });
  const named = async () =>
    ((await send()).body.results as { status: number; duplicates?: { id: string; matchedBy: string[] }[] }[]).map(
      ({ status, duplicates = [] }) => [status, duplicates.some(({ id }) => id === first.id)],
    );
  expect(await named()).toEqual([
    [201, true],
    [201, false],
    [201, true],
  ]);
  expect(await named()).toEqual([201, 201, 201].map((status) => [status, false]));
});

test("A5 an admin decides that duplicates are refused; it holds within half a minute, and is in the trail", async () => {
  const before = await duplicatePolicy();
  const forbidden = await raw("/v1/organization/duplicate-policy", {
    method: "PUT",
    token: rep.token,
    body: refuseNames,
    headers: { "if-match": `"${before.version}"` },
  });
  expect(forbidden.status).toBe(403);
  const policy = await admin.call("putDuplicatePolicy", { ifMatch: before.version, body: refuseNames });
  await pass("PT31S");
  const first = await admin.call("createAccount", { body: { name: "启明星贸易" } });
  const refused = await raw("/v1/accounts", { role: "admin", body: { name: "启明星贸易有限公司" } });
  expect([refused.status, refused.body.code]).toEqual([409, "duplicate"]);
  expect(refused.body.failures).toEqual([{ id: first.id, name: first.name, matchedBy: ["name"] }]);
  const { version: _, createdAt: __, updatedAt: ___, ...rules } = before;
  await admin.call("putDuplicatePolicy", { ifMatch: policy.version, body: rules });
  await pass("PT31S");
  const twin = await admin.call("createAccount", { body: { name: "启明星贸易有限公司" } });
  expect(twin.duplicates).toMatchObject([{ id: first.id }]);
  const trail = await eventually(
    () => admin.call("listAudit", { query: { entity: "organization" } }),
    ({ items }) => items.filter(({ recordId }) => recordId === "duplicate-policy").length >= 2,
  );
  expect(trail.items[0]).toMatchObject({ category: "configuration", command: "putDuplicatePolicy" });
});

test("A5 a merge leads from one record to the other, takes what belongs to it along, and can be undone", async () => {
  const pipeline = await makePipeline(admin);
  const [winner, loser] = await Promise.all([
    admin.call("createAccount", { body: { name: "Merged", industry: "retail" } }),
    admin.call("createAccount", { body: { name: "Merged too", industry: "software" } }),
  ]);
  const contact = await admin.call("createContact", { body: { name: "Follows", accountId: loser.id } });
  const deal = await admin.call("createOpportunity", {
    body: { name: "Follows", pipelineId: pipeline.id, accountId: loser.id, amountMinor: 100 },
  });
  const made = await admin.call("mergeAccounts", { path: { id: winner.id }, body: { loserId: loser.id } });
  // A client follows by itself.
  const led = await raw(`/v1/accounts/${loser.id}`, { role: "admin" });
  expect([led.status, led.body.id]).toEqual([200, winner.id]);
  const path = { id: winner.id, mergeId: made.id };
  const status = () => admin.call("getAccountMerge", { path });
  await eventually(
    () => admin.call("getOpportunity", { path: { id: deal.id } }),
    ({ accountId, industry }) => accountId === winner.id && industry === "retail",
  );
  await eventually(
    async () => {
      // The job waits a minute for what may still be on its way.
      await pass("PT30S");
      return status();
    },
    ({ status }) => status === "merged",
  );
  expect(await admin.call("getContact", { path: { id: contact.id } })).toMatchObject({ accountId: winner.id });
  expect((await admin.call("listAccountMerges", { path: { id: winner.id }, query: {} })).items).toMatchObject([
    { id: made.id },
  ]);
  await admin.call("undoAccountMerge", { path, body: {} });
  const undone = await eventually(status, ({ status }) => status === "undone");
  expect(undone.version).toBe(4);
  const back = await raw(`/v1/accounts/${loser.id}`, { role: "admin" });
  expect(back.body).toMatchObject({ id: loser.id, name: "Merged too", industry: "software" });
  expect(await admin.call("getOpportunity", { path: { id: deal.id } })).toMatchObject({
    accountId: loser.id,
    industry: "software",
  });
  const history = await eventually(
    () => admin.call("getAccountHistory", { path: { id: loser.id }, query: {} }),
    ({ items }) => items.length === 3,
  );
  expect(history.items.map(({ action }) => action)).toEqual(["unmerged", "merged", "created"]);
});

test("A5 where names are refused, one that a merge gives up is free, and taken again as the merge is undone", async () => {
  const { version, createdAt: _, updatedAt: __, ...rules } = await duplicatePolicy();
  const policy = await admin.call("putDuplicatePolicy", { ifMatch: version, body: refuseNames });
  await pass("PT31S");
  const mark = randomUUID();
  const made = (name: string) => raw("/v1/accounts", { role: "admin", body: { name: `${name} ${mark}` } });
  const [winner, loser] = [await made("Given up"), await made("Taken over")].map(({ body }) => String(body.id));
  const path = { id: String(winner) };
  const merge = await admin.call("mergeAccounts", {
    path,
    body: { loserId: String(loser), fields: { name: "loser" } },
  });
  expect((await made("Taken over")).body.code).toBe("duplicate");
  const { status, body } = await made("Given up");
  expect(status).toBe(201);
  const undo = () =>
    raw(`/v1/accounts/${winner}/merges/${merge.id}/reversal`, { method: "POST", role: "admin", body: {} });
  expect((await undo()).body.code).toBe("duplicate");
  await admin.call("deleteAccount", { path: { id: String(body.id) }, ifMatch: Number(body.version) });
  expect((await undo()).status).toBe(200);
  for (const name of ["Given up", "Taken over"]) expect((await made(name)).body.code).toBe("duplicate");
  await admin.call("putDuplicatePolicy", { ifMatch: policy.version, body: rules });
  await pass("PT31S");
});

test("A5 the id of a merged record leads nowhere for who may not read the other one", async () => {
  const foreign = await signedIn("admin");
  const policy = await admin.call("getAccessPolicy", {});
  const { version, createdAt: _, updatedAt: __, ...rules } = { createdAt: "", updatedAt: "", ...policy };
  const narrow = structuredClone(rules);
  narrow.roles.rep.account.read = "own";
  const [winner, loser] = await Promise.all([
    admin.call("createAccount", { body: { name: "Not theirs", ownerId: foreign.id } }),
    admin.call("createAccount", { body: { name: "Theirs", ownerId: rep.id } }),
  ]);
  await admin.call("mergeAccounts", { path: { id: winner.id }, body: { loserId: loser.id } });
  const changed = await admin.call("putAccessPolicy", { ifMatch: version, body: narrow });
  await pass("PT61S");
  const answers = [await ask(`/v1/accounts/${loser.id}`), await ask("/v1/accounts/acc_01JD7Z3Q5V9W0X2Y4Z6A8B0C1D")];
  const [seen, unknown] = answers.map(({ status, text }) => ({
    status,
    text: text.replace(/"requestId":"[^"]+"/, ""),
  }));
  expect(seen?.status).toBe(404);
  expect(seen).toEqual(unknown);
  await admin.call("putAccessPolicy", { ifMatch: changed.version, body: rules });
  await pass("PT61S");
  const response = await raw(`/v1/accounts/${loser.id}`, { token: rep.token });
  expect(response.body.id).toBe(winner.id);
});
