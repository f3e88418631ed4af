import { randomUUID } from "node:crypto";
import type { Input, OperationId } from "@shangji/client";
import { routes } from "@shangji/contracts";
import { takesIdempotencyKey } from "@shangji/contracts/kit/idempotency";
import { beforeAll, describe, expect, test } from "vitest";
import { clientOf, eventually, makePipeline, raw } from "./api.ts";

const admin = clientOf("admin");

/** The operations that take a key; one that is added has no entry in `inputs` and does not compile. */
type PostOperation = {
  [O in OperationId]: "idempotencyKey" extends keyof Input<O> ? O : never;
}[Exclude<OperationId, "backtestAssignmentRules">]; // which only asks
type Inputs = {
  [O in PostOperation]: () => Input<O> extends { body: infer B } ? { body: B; path?: Record<string, string> } : never;
};

let userId: string;
let accountId: string;
let pipeline: Awaited<ReturnType<typeof makePipeline>>;
let opportunityId: string;
let contactId: string;
let serviceAccountId: string;
let oldKeyId: string;
let merged: Record<"account" | "contact" | "undoneAccount" | "undoneContact", { winner: string; other: string }>;
let leadId: string;
let workedLeadId: string;
let formId: string;
let poolId: string;
let pooledLeadIds: string[];
let accountPoolId: string;
let pooledAccountIds: string[];
let poolHolderId: string;
let deleted: Record<"account" | "contact" | "opportunity" | "lead", string>;
beforeAll(async () => {
  pipeline = await makePipeline(admin);
  userId = (await admin.call("createUser", { body: { name: "Repeated", email: "repeated@shangji.test" } })).id;
  serviceAccountId = (await admin.call("createServiceAccount", { body: { name: "Machine" } })).id;
  oldKeyId = (await admin.call("createApiKey", { path: { id: serviceAccountId }, body: newKey() })).id;
  accountId = (await admin.call("createAccount", { body: { name: "重复请求" } })).id;
  contactId = (await admin.call("createContact", { body: { name: "王芳" } })).id;
  const newDeal = () => admin.call("createOpportunity", { body: { name: "Deal", pipelineId: pipeline.id } });
  opportunityId = (await newDeal()).id;
  formId = (await admin.call("createForm", { body: { name: "官网", fields: [{ input: "name", to: "name" }] } })).id;
  poolId = (await admin.call("createPool", { body: { name: { en: "Repeated" } } })).id;
  const newLeadId = async () => (await admin.call("createLead", { body: { name: "公海" } })).id;
  pooledLeadIds = [await newLeadId(), await newLeadId(), await newLeadId(), await newLeadId()];
  for (const id of pooledLeadIds.slice(0, 3))
    await admin.call("returnLead", { path: { id }, body: { poolId, reason: "no_need" } });
  accountPoolId = (await admin.call("createPool", { body: { name: { en: "Repeated" }, entity: "account" } })).id;
  const newAccountId = async (name: string) => (await admin.call("createAccount", { body: { name } })).id;
  pooledAccountIds = [];
  for (const name of ["公海一", "公海二", "公海三", "公海四"]) pooledAccountIds.push(await newAccountId(name));
  for (const id of pooledAccountIds.slice(0, 3))
    await admin.call("returnAccount", { path: { id }, body: { poolId: accountPoolId, reason: "no_need" } });
  poolHolderId = (await admin.call("createUser", { body: { name: "Holds" } })).id;
  leadId = (await admin.call("createLead", { body: { name: "陈静" } })).id;
  // Whoever has it stays: the other user is deactivated.
  const owner = await admin.call("createUser", { body: { name: "Works" } });
  workedLeadId = (await admin.call("createLead", { body: { name: "陈静", ownerId: owner.id } })).id;
  deleted = {
    lead: (await admin.call("createLead", { body: { name: "Gone" } })).id,
    account: (await admin.call("createAccount", { body: { name: "Gone" } })).id,
    contact: (await admin.call("createContact", { body: { name: "Gone" } })).id,
    opportunity: (await newDeal()).id,
  };
  const [newAccount, newContact] = [
    async () => (await admin.call("createAccount", { body: { name: "One of two" } })).id,
    async () => (await admin.call("createContact", { body: { name: "One of two" } })).id,
  ];
  merged = {
    account: { winner: await newAccount(), other: await newAccount() },
    contact: { winner: await newContact(), other: await newContact() },
    undoneAccount: { winner: await newAccount(), other: await newAccount() },
    undoneContact: { winner: await newContact(), other: await newContact() },
  };
  for (const [operation, pair] of [
    ["mergeAccounts", merged.undoneAccount],
    ["mergeContacts", merged.undoneContact],
  ] as const) {
    pair.other = (await admin.call(operation, { path: { id: pair.winner }, body: { loserId: pair.other } })).id;
  }
  await admin.call("deleteAccount", { path: { id: deleted.account }, ifMatch: 1 });
  await admin.call("deleteContact", { path: { id: deleted.contact }, ifMatch: 1 });
  await admin.call("deleteLead", { path: { id: deleted.lead }, ifMatch: 1 });
  await admin.call("deleteOpportunity", { path: { id: deleted.opportunity }, ifMatch: 1 });
});

const inputs: Inputs = {
  createUser: () => ({ body: { name: "Lin Yu", email: "lin.yu@shangji.test" } }),
  inviteUser: () => ({ path: { id: userId }, body: {} }),
  deactivateUser: () => ({ path: { id: userId }, body: { handOverTo: null, reason: "离职" } }),
  createTeam: () => ({ body: { name: "西南" } }),
  createAccount: () => ({ body: { name: "华为", externalId: { source: "erp", id: "repeat-1" } } }),
  createContact: () => ({ body: { name: "王芳", accountId, tags: ["b", "a"] } }),
  createLead: () => ({ body: { name: "陈静", email: "chen.jing@repeated.test", utm: { source: "x" } } }),
  transitionLead: () => ({ path: { id: leadId }, body: { to: "disqualified", reason: "no budget" } }),
  convertLead: () => ({ path: { id: workedLeadId }, body: { opportunity: {} } }),
  batchLeads: () => ({ body: { rows: [{ create: { name: "批量" } }, put("repeat-batch", "Put")] } }),
  restoreLead: () => ({ path: { id: deleted.lead }, body: {} }),
  recordBehaviour: () => ({
    body: {
      events: [
        {
          source: "site",
          id: "repeat-1",
          leadId: workedLeadId,
          type: "page_viewed",
          occurredAt: happenedAt,
        },
      ],
    },
  }),
  createForm: () => ({ body: { name: "官网", fields: [{ input: "name", to: "name" }] } }),
  rotateFormKey: () => ({ path: { id: formId }, body: {} }),
  createPool: () => ({ body: { name: { en: "Once" } } }),
  claimLeads: () => ({ path: { id: poolId }, body: { leadIds: [pooledLeadIds[0] ?? ""] } }),
  assignPooledLeads: () => ({
    path: { id: poolId },
    body: { leadIds: [pooledLeadIds[1] ?? ""], ownerId: poolHolderId },
  }),
  removePooledLeads: () => ({ path: { id: poolId }, body: { leadIds: [pooledLeadIds[2] ?? ""] } }),
  returnLead: () => ({ path: { id: pooledLeadIds[3] ?? "" }, body: { poolId, reason: "other", text: "再等等" } }),
  claimAccounts: () => ({ path: { id: accountPoolId }, body: { accountIds: [pooledAccountIds[0] ?? ""] } }),
  assignPooledAccounts: () => ({
    path: { id: accountPoolId },
    body: { accountIds: [pooledAccountIds[1] ?? ""], ownerId: poolHolderId },
  }),
  removePooledAccounts: () => ({ path: { id: accountPoolId }, body: { accountIds: [pooledAccountIds[2] ?? ""] } }),
  returnAccount: () => ({
    path: { id: pooledAccountIds[3] ?? "" },
    body: { poolId: accountPoolId, reason: "other", text: "再等等" },
  }),
  createView: () => ({ body: { entity: "opportunity", name: "我的商机", filter: { field: "ownerId", eq: "me" } } }),
  createProduct: () => ({ body: { name: "Mast", code: "REPEAT-1" } }),
  createPipeline: () => ({
    body: {
      name: { "zh-CN": "销售", en: "Sales" },
      stages: [
        { name: { "zh-CN": "开始", en: "Open" }, type: "open" },
        { name: { "zh-CN": "赢单", en: "Won" }, type: "won" },
        { name: { "zh-CN": "输单", en: "Lost" }, type: "lost" },
      ],
    },
  }),
  createOpportunity: () => ({ body: { name: "核心网扩容", pipelineId: pipeline.id, amountMinor: 100 } }),
  transitionOpportunity: () => ({ path: { id: opportunityId }, body: { to: String(pipeline.stages[1]?.id) } }),
  createNote: () => ({ path: { id: accountId }, body: { text: "下周签约", channel: "call", outcome: "interested" } }),
  createImport: () => ({ body: { entity: "accounts" } }),
  createExport: () => ({ body: { entity: "account", format: "csv", filter: { field: "name", eq: "重复请求" } } }),
  batchAccounts: () => ({ body: { rows: [{ create: { name: "批量" } }, put("repeat-batch", "Put")] } }),
  batchContacts: () => ({ body: { rows: [{ create: { name: "批量", accountId } }, put("repeat-batch", "Put")] } }),
  batchProducts: () => ({ body: { rows: [{ create: { name: "批量" } }, put("repeat-batch", "Put")] } }),
  batchOpportunities: () => ({
    body: { rows: [{ create: { name: "批量", pipelineId: pipeline.id } }, put("repeat-batch", "Put")] },
  }),
  createServiceAccount: () => ({ body: { name: "ERP" } }),
  createApiKey: () => ({ path: { id: serviceAccountId }, body: newKey() }),
  createDataSubjectRequest: () => ({ body: { type: "export", subjectId: contactId } }),
  restoreAccount: () => ({ path: { id: deleted.account }, body: {} }),
  restoreContact: () => ({ path: { id: deleted.contact }, body: {} }),
  restoreOpportunity: () => ({ path: { id: deleted.opportunity }, body: {} }),
  mergeAccounts: () => ({ path: { id: merged.account.winner }, body: { loserId: merged.account.other } }),
  mergeContacts: () => ({ path: { id: merged.contact.winner }, body: { loserId: merged.contact.other } }),
  undoAccountMerge: () => ({
    path: { id: merged.undoneAccount.winner, mergeId: merged.undoneAccount.other },
    body: {},
  }),
  undoContactMerge: () => ({
    path: { id: merged.undoneContact.winner, mergeId: merged.undoneContact.other },
    body: {},
  }),
  rotateApiKey: () => ({ path: { id: serviceAccountId, keyId: oldKeyId }, body: {} }),
};

function put(id: string, name: string) {
  return { upsert: { externalId: { source: "erp", id }, fields: { name } } };
}

const happenedAt = new Date().toISOString();
const expiresAt = new Date(Date.now() + 30 * 86_400_000).toISOString();

function newKey(): Input<"createApiKey">["body"] {
  return { name: "Sync", scopes: ["account:read"], expiresAt };
}

const posts = routes.filter(takesIdempotencyKey);

function send({ id, path: template }: { id: string; path: string }, key: string) {
  const { path = {}, body } = inputs[id as PostOperation](); // the ids of POST routes are its members
  const target = template.replace(/\{(\w+)\}/g, (_, name) => String(path[name]));
  return raw(target, { role: "admin", body, headers: { "idempotency-key": key } });
}

/** An import's link is made anew for each answer, and the secret of a key is kept nowhere. */
const lasting = (text: string) => text.replace(/"uploadUrl":"[^"]*"/, "").replace(/,"secret":"[^"]*"/, "");

describe("every POST", () => {
  test.each(posts.map((route) => [route.id, route] as const))(
    "%s, repeated, gets the first answer",
    async (_id, route) => {
      const key = randomUUID();
      const first = await send(route, key);
      expect(first.status).toBe(route.status);
      expect(first.headers.get("idempotency-replayed")).toBeNull();
      const repeated = await send(route, key);
      expect(repeated.status).toBe(first.status);
      expect(lasting(repeated.text)).toBe(lasting(first.text));
      expect(repeated.text).not.toContain("secret");
      expect(repeated.headers.get("etag")).toBe(first.headers.get("etag"));
      expect(repeated.headers.get("idempotency-replayed")).toBe("true");
    },
  );
});

test("requests that arrive all at once make one contact, and all who hear of it hear of the same", async () => {
  const owner = await admin.call("createUser", { body: { name: "Owner of one", role: "rep" } });
  const key = randomUUID();
  const body = { name: "Only once", ownerId: owner.id };
  const answers = await Promise.all(
    Array.from({ length: 50 }, () => raw("/v1/contacts", { role: "admin", body, headers: { "idempotency-key": key } })),
  );
  const made = answers.filter(({ status }) => status === 201);
  expect(new Set(made.map(({ text }) => text)).size).toBe(1);
  expect(made.filter(({ headers }) => headers.get("idempotency-replayed") === null)).toHaveLength(1);
  for (const answer of answers.filter(({ status }) => status !== 201))
    expect([answer.status, answer.body.code]).toEqual([409, "idempotency_in_progress"]);
  expect((await admin.call("listContacts", { query: { owner: owner.id } })).items).toHaveLength(1);
});

test("a client repeats a call by its key, and another caller's key is another key", async () => {
  const call = { body: { name: "By key" }, idempotencyKey: randomUUID() };
  const first = await admin.call("createAccount", call);
  expect(await admin.call("createAccount", call)).toEqual(first);
  expect((await clientOf("rep").call("createAccount", call)).id).not.toBe(first.id);
  const other = admin.call("createAccount", { ...call, body: { name: "Another" } });
  await expect(other).rejects.toMatchObject({ status: 422, code: "idempotency_key_reused" });
});

test("a refusal speaks the caller's language", async () => {
  const headers = { "idempotency-key": "x".repeat(256), "accept-language": "zh-CN" };
  const answer = await raw("/v1/accounts", { role: "admin", body: { name: "x" }, headers });
  expect(answer.status).toBe(400);
  expect(answer.body).toMatchObject({ code: "invalid_idempotency_key", title: expect.stringMatching(/[一-鿿]/) });
});

test("an import that is begun again with its key has a link that works", async () => {
  const call = { body: { entity: "accounts" as const }, idempotencyKey: randomUUID() };
  const begun = await admin.call("createImport", call);
  const again = await admin.call("createImport", call);
  expect(again.id).toBe(begun.id);
  const body = "name\nFrom a fresh link\n";
  const upload = await fetch(String(again.uploadUrl), { method: "PUT", headers: again.uploadHeaders ?? {}, body });
  expect(upload.status).toBe(200);
  const read = () => admin.call("getImport", { path: { id: begun.id } });
  const done = await eventually(read, ({ status }) => status === "completed");
  expect(done.counts).toMatchObject({ rows: 1, created: 1 });
  expect(await admin.call("createImport", call)).toEqual(done);
});
