import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { clientOf, eventually, makePipeline, raw } from "./api.ts";
import { type SignedIn, signedIn } from "./sign-in.ts";

const admin = clientOf("admin");
let [member, keeper, stranger]: SignedIn[] = [];
let team: { id: string };
beforeAll(async () => {
  team = await admin.call("createTeam", { body: { name: "Sea" } });
  member = await signedIn("rep", team.id);
  keeper = await signedIn("rep", team.id);
  stranger = await signedIn("rep");
  await pass("PT31S");
});

const pass = (advance: string) => raw("/_local/clock", { body: { advance } });
const mark = () => randomUUID().slice(0, 8);
const by = (person: SignedIn | undefined, path: string, body?: unknown, headers: Record<string, string> = {}) =>
  raw(path, { token: person?.token ?? "", headers, ...(body === undefined ? {} : { body }) });

interface Result {
  status: number;
  id?: string;
  problem?: { code: string; detail?: string; failures?: { rule: string }[] };
}
const resultsOf = (answer: { body: Record<string, unknown> }) => answer.body.results as Result[];

const addLead = async (own: string) =>
  admin.call("createLead", {
    body: {
      name: `陈静 ${own}`,
      email: `jing.${own}@example.com`,
      phone: "+86 138 0013 8000",
      message: `secret ${own}`,
    },
  });

test("B5 a lead goes round: into a pool, claimed by a member, given back, given out and taken out by who runs it", async () => {
  const own = mark();
  const pool = await admin.call("createPool", {
    body: {
      name: { en: own },
      memberIds: [member?.id ?? ""],
      adminIds: [keeper?.id ?? ""],
      claimsPerDay: 1,
      holdingCap: 2,
    },
  });
  const leads = [await addLead(own), await addLead(own), await addLead(own)];
  const [first = "", second = "", third = ""] = leads.map(({ id }) => id);
  const place = `/v1/pools/${pool.id}`;
  for (const { id } of leads) {
    const pooled = await admin.call("returnLead", { path: { id }, body: { poolId: pool.id, reason: "no_capacity" } });
    expect(pooled).toMatchObject({ status: "pooled", version: 2, pool: { poolId: pool.id, reason: "no_capacity" } });
    expect([pooled.ownerId, pooled.teamId]).toEqual([undefined, undefined]);
  }
  // Members see what it is, and of the person as much as the pool shows; who runs it sees all; nobody else that it is there.
  const listOf = (person: SignedIn | undefined) => by(person, `${place}/leads`);
  const shown = await eventually(
    () => listOf(member),
    ({ body }) => (body.items as unknown[]).length === 3,
  );
  expect((shown.body.items as object[])[0]).toMatchObject({
    id: first,
    email: "j***@example.com",
    phone: "+86 1** **** **00",
  });
  expect(shown.text).not.toContain("secret");
  expect((await listOf(keeper)).text).toContain(`jing.${own}@example.com`);
  for (const path of [place, `${place}/leads`, `${place}/health`])
    expect([path, (await by(stranger, path)).status]).toEqual([path, 404]);
  expect((await by(stranger, `${place}/claims`, { leadIds: [first] })).status).toBe(404);
  expect((await by(stranger, "/v1/pools")).text).not.toContain(pool.id);
  expect((await by(member, "/v1/pools")).text).toContain(pool.id);
  expect((await by(member, `${place}/health`)).status).toBe(403);
  expect((await by(member, `${place}/assignments`, { leadIds: [first], ownerId: member?.id })).status).toBe(403);
  // Nobody changes what waits.
  const ifMatch = { "if-match": '"2"' };
  const refusals = await Promise.all([
    raw(`/v1/leads/${first}`, { method: "PATCH", role: "admin", body: { name: "x" }, headers: ifMatch }),
    raw(`/v1/leads/${first}`, { method: "DELETE", role: "admin", headers: ifMatch }),
    raw(`/v1/leads/${first}/transitions`, { role: "admin", body: { to: "new" } }),
    raw(`/v1/leads/${first}/conversion`, { role: "admin", body: {} }),
    raw(`/v1/leads/${first}/return`, { role: "admin", body: { poolId: pool.id, reason: "no_need" } }),
  ]);
  expect(refusals.map(({ status, body }) => [status, body.code])).toEqual(refusals.map(() => [409, "pooled"]));
  const batch = await admin.call("batchLeads", {
    body: { rows: [{ update: { id: first, version: 2, fields: { name: "x" } } }] },
  });
  expect(batch.results).toMatchObject([{ status: 409, problem: { code: "pooled" } }]);
  // One claim a day, and the second says why not.
  const key = { "idempotency-key": `claim-${own}` };
  const claimed = await by(member, `${place}/claims`, { leadIds: [first, second] }, key);
  expect(resultsOf(claimed)).toMatchObject([
    { index: 0, status: 200, id: first, version: 3 },
    { index: 1, status: 409, problem: { code: "claim_refused", failures: [{ rule: "daily_cap", count: 1, max: 1 }] } },
  ]);
  expect(await admin.call("getLead", { path: { id: first } })).toMatchObject({
    status: "assigned",
    ownerId: member?.id,
    teamId: team.id,
  });
  const chinese = await by(member, `${place}/claims`, { leadIds: [second] }, { "accept-language": "zh-CN" });
  expect(resultsOf(chinese)[0]?.problem?.detail).toMatch(/^[一-鿿。]+$/);
  const returned = await by(member, `/v1/leads/${first}/return`, { poolId: pool.id, reason: "other", text: "再等等" });
  expect(returned.body).toMatchObject({
    status: "pooled",
    statusReason: "再等等",
    pool: { previousOwnerId: member?.id },
  });
  const again = await by(member, `${place}/claims`, { leadIds: [first] });
  expect(resultsOf(again)[0]?.problem?.code).toBe("claim_refused");
  // Who runs it gives out as far as a person may hold, and takes out beyond that.
  const given = await by(keeper, `${place}/assignments`, { leadIds: [first, second, third], ownerId: member?.id });
  expect(resultsOf(given).map(({ status, problem }) => [status, problem?.failures?.[0]?.rule])).toEqual([
    [200, undefined],
    [200, undefined],
    [409, "holding_cap"],
  ]);
  const early = await raw(place, { method: "DELETE", role: "admin", headers: { "if-match": '"1"' } });
  expect([early.status, early.body.code]).toEqual([409, "pool_not_empty"]);
  expect((await by(keeper, `${place}/health`)).body).toMatchObject({
    size: 1,
    isAtLeast: false,
    claims: [{ userId: member?.id, today: 1, last30Days: 1 }],
  });
  expect(resultsOf(await by(keeper, `${place}/removals`, { leadIds: [third] }))).toMatchObject([{ status: 200 }]);
  expect(await admin.call("getLead", { path: { id: third } })).toMatchObject({ status: "new" });
  const deleted = await raw(place, { method: "DELETE", role: "admin", headers: { "if-match": '"1"' } });
  expect(deleted.status).toBe(204);
});

test("B5 a pool is changed by admins, names people who are there, and takes what no rule gives to anybody", async () => {
  const own = mark();
  const pool = await admin.call("createPool", { body: { name: { en: own }, isDefault: true } });
  const unknown = await raw(`/v1/pools/${pool.id}`, {
    method: "PATCH",
    role: "admin",
    body: { memberIds: ["usr_01JD7Z3Q5V9W0X2Y4Z6A8B0C1D"] },
    headers: { "if-match": '"1"' },
  });
  expect([unknown.status, unknown.body.code]).toEqual([422, "unknown_reference"]);
  const changed = await admin.call("updatePool", {
    path: { id: pool.id },
    body: { memberTeamIds: [team.id], claimsPerDay: 5 },
    ifMatch: 1,
  });
  expect(changed).toMatchObject({ version: 2, memberTeamIds: [team.id], claimsPerDay: 5 });
  const { version } = await admin.call("getAssignmentRules", {});
  const rules = [{ id: "rest", when: { field: "source", eq: own }, target: { kind: "pool" }, poolId: pool.id }];
  const put = { method: "PUT", role: "admin" as const, headers: { "if-match": `"${version}"` } };
  expect((await raw("/v1/assignment-rules", { ...put, body: { rules } })).status).toBe(200);
  await pass("PT31S");
  const lead = await admin.call("createLead", { body: { name: "Zhou", source: own } });
  const pooled = await eventually(
    () => admin.call("getLead", { path: { id: lead.id } }),
    ({ status }) => status === "pooled",
  );
  expect(pooled).toMatchObject({ version: 2, pool: { poolId: pool.id } });
  const decision = (await admin.call("getLeadAssignment", { path: { id: lead.id } })).decision;
  expect(decision).toMatchObject({ outcome: "pool_rule", poolId: pool.id });
  const claimed = await by(keeper, `/v1/pools/${pool.id}/claims`, { leadIds: [lead.id] });
  expect(resultsOf(claimed)).toMatchObject([{ status: 200, id: lead.id, version: 3 }]);
});

test("B5 an account goes round as a lead does, with its deals left where they are, and its pool tells how soon it was followed up", async () => {
  const own = mark();
  const pool = await admin.call("createPool", {
    body: {
      name: { en: own },
      entity: "account",
      memberIds: [member?.id ?? ""],
      adminIds: [keeper?.id ?? ""],
      claimsPerDay: 1,
      holdingCap: 3,
    },
  });
  const place = `/v1/pools/${pool.id}`;
  const addAccount = (name: string) =>
    admin.call("createAccount", { body: { name: `${name} ${own}`, phone: "+86 138 0013 8000" } });
  const accounts = [await addAccount("海天"), await addAccount("明月"), await addAccount("清风")];
  const [first = "", second = "", third = ""] = accounts.map(({ id }) => id);
  const deal = await admin.call("createOpportunity", {
    body: { name: own, pipelineId: (await makePipeline(admin)).id, accountId: first, ownerId: stranger?.id ?? "" },
  });
  const reason = { poolId: pool.id, reason: "other", text: "再等等" } as const;
  for (const id of [first, second, third]) {
    const pooled = await admin.call("returnAccount", { path: { id }, body: reason });
    expect(pooled).toMatchObject({ version: 2, pool: { poolId: pool.id, reason: "other", text: "再等等" } });
    expect([pooled.ownerId, pooled.teamId]).toEqual([undefined, undefined]);
  }
  expect(await admin.call("getOpportunity", { path: { id: deal.id } })).toMatchObject({ ownerId: stranger?.id });
  // A pool holds one kind of record, as long as it is there.
  const ofLeads = await admin.call("createPool", { body: { name: { en: own } } });
  const fourth = (await addAccount("长江")).id;
  const wrong = { poolId: ofLeads.id, reason: "no_need" };
  const refused = await raw(`/v1/accounts/${fourth}/return`, { role: "admin", body: wrong });
  expect([refused.status, refused.body.code]).toEqual([422, "unknown_reference"]);
  const patch = { method: "PATCH", role: "admin" as const, headers: { "if-match": '"1"' } };
  expect((await raw(place, { ...patch, body: { entity: "lead" } })).status).toBe(422);
  // Members see the number in part; who runs it sees all; nobody else that it is there.
  const listOf = (person: SignedIn | undefined) => by(person, `${place}/accounts`);
  const shown = await eventually(
    () => listOf(member),
    ({ body }) => (body.items as unknown[]).length === 3,
  );
  expect((shown.body.items as object[])[0]).toMatchObject({ id: first, phone: "+86 1** **** **00" });
  expect((await listOf(keeper)).text).toContain("+86 138 0013 8000");
  expect((await listOf(stranger)).status).toBe(404);
  expect((await by(stranger, `${place}/accounts/claims`, { accountIds: [first] })).status).toBe(404);
  const assignments = { accountIds: [first], ownerId: member?.id };
  expect((await by(member, `${place}/accounts/assignments`, assignments)).status).toBe(403);
  const pooled = await admin.call("listAccounts", {
    query: { filter: JSON.stringify({ field: "poolId", eq: pool.id }) },
  });
  expect(pooled.items.map(({ id }) => id).sort()).toEqual([first, second, third].sort());
  // Nobody changes what waits.
  const ifMatch = { "if-match": '"2"' };
  const refusals = await Promise.all([
    raw(`/v1/accounts/${first}`, { method: "PATCH", role: "admin", body: { name: "x" }, headers: ifMatch }),
    raw(`/v1/accounts/${first}`, { method: "DELETE", role: "admin", headers: ifMatch }),
    raw(`/v1/accounts/${first}/merges`, { role: "admin", body: { loserId: fourth } }),
    raw(`/v1/accounts/${fourth}/merges`, { role: "admin", body: { loserId: first } }),
    raw(`/v1/accounts/${first}/return`, { role: "admin", body: reason }),
  ]);
  expect(refusals.map(({ status, body }) => [status, body.code])).toEqual(refusals.map(() => [409, "pooled"]));
  const batch = await admin.call("batchAccounts", {
    body: { rows: [{ update: { id: first, version: 2, fields: { name: "x" } } }] },
  });
  expect(batch.results).toMatchObject([{ status: 409, problem: { code: "pooled" } }]);
  // One claim a day, and the second says why not.
  const claimed = await by(member, `${place}/accounts/claims`, { accountIds: [first, second] });
  expect(resultsOf(claimed)).toMatchObject([
    { index: 0, status: 200, id: first, version: 3 },
    { index: 1, status: 409, problem: { code: "claim_refused", failures: [{ rule: "daily_cap", count: 1, max: 1 }] } },
  ]);
  const taken = await admin.call("getAccount", { path: { id: first } });
  expect(taken).toMatchObject({ ownerId: member?.id, teamId: team.id });
  expect(taken.pool).toBeUndefined();
  await pass("PT90S");
  await by(member, `/v1/records/${first}/notes`, { text: "已联系", channel: "message", outcome: "replied" });
  const health = await eventually(
    () => by(keeper, `${place}/health`),
    ({ body }) => (body.firstTouch as { count: number }).count === 1,
  );
  expect(health.body).toMatchObject({
    size: 2,
    firstTouch: { claims: 1, count: 1, medianWithinSeconds: 300, p90WithinSeconds: 300 },
    claims: [{ userId: member?.id, today: 1, last30Days: 1 }],
  });
  expect((health.body.firstTouch as { meanSeconds: number }).meanSeconds).toBeGreaterThanOrEqual(90);
  // Who runs it gives out and takes out.
  const given = await by(keeper, `${place}/accounts/assignments`, { accountIds: [second], ownerId: member?.id });
  expect(resultsOf(given)).toMatchObject([{ status: 200, id: second }]);
  const removed = await by(keeper, `${place}/accounts/removals`, { accountIds: [third], ownerId: stranger?.id });
  expect(resultsOf(removed)).toMatchObject([{ status: 200, id: third }]);
  expect(await admin.call("getAccount", { path: { id: third } })).toMatchObject({ ownerId: stranger?.id });
  // The trail says what was done and why.
  const trail = await eventually(
    () => raw(`/v1/accounts/${first}/history`, { role: "admin" }),
    ({ text }) => text.includes("claimAccount"),
  );
  expect(trail.text).toContain("再等等");
});

// The leads of other suites stay new.
afterAll(async () => {
  const { version } = await admin.call("getAssignmentRules", {});
  await raw("/v1/assignment-rules", {
    method: "PUT",
    role: "admin",
    body: { rules: [] },
    headers: { "if-match": `"${version}"` },
  });
  for (const pool of (await admin.call("listPools", {})).items)
    if (pool.isDefault)
      await admin.call("updatePool", { path: { id: pool.id }, body: { isDefault: false }, ifMatch: pool.version });
  await pass("PT31S");
});
