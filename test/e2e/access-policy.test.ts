import type { AccessRules } from "@shangji/contracts/access/schemas";
import { ownedEntities } from "@shangji/contracts/kit/entities";
import { defaultRules } from "@shangji/core/access/default-policy";
import { afterEach, beforeAll, expect, test } from "vitest";
import { clientOf, eventually, makePipeline, raw } from "./api.ts";
import { type SignedIn, signedIn } from "./sign-in.ts";

const admin = clientOf("admin");
let partner: SignedIn;

beforeAll(async () => {
  partner = await signedIn("integration");
});
// The other suites go by the product's own rules.
afterEach(() => putRules(defaultRules));

/** Puts rules in force, and moves the clock past the time that functions may remember the old ones. */
async function putRules(rules: AccessRules): Promise<void> {
  const { version } = await admin.call("getAccessPolicy", {});
  const put = await putPolicy(rules, version);
  expect(put.body).toMatchObject({ ...rules, version: version + 1 });
  const moved = await raw("/_local/clock", { body: { advance: "PT31S" } });
  expect(moved.status).toBe(200);
}

const putPolicy = (rules: AccessRules, version: number) =>
  raw("/v1/access/policy", {
    method: "PUT",
    role: "admin",
    body: rules,
    headers: { "if-match": `"${version}"` },
  });

function forPartners(rules: Partial<AccessRules["roles"]["integration"]>, fields?: AccessRules["fields"]): AccessRules {
  const { roles } = defaultRules;
  return { roles: { ...roles, integration: { ...roles.integration, ...rules } }, ...(fields ? { fields } : {}) };
}

const ask = (path: string, method = "GET", body?: object, version?: number) =>
  raw(path, {
    method,
    token: partner.token,
    ...(body ? { body } : {}),
    ...(version ? { headers: { "if-match": `"${version}"` } } : {}),
  });

test("H2 a new policy holds for everybody within half a minute, and is kept on its version", async () => {
  const contact = await admin.call("createContact", { body: { name: "李雷" } });
  expect((await ask(`/v1/contacts/${contact.id}`)).status).toBe(200);
  const nothing = { read: "none", create: "none", update: "none", delete: "none" } as const;
  await putRules(forPartners({ contact: nothing }));
  expect((await ask(`/v1/contacts/${contact.id}`)).status).toBe(403);
  expect((await ask("/v1/contacts")).status).toBe(403);
  const own = { read: "own", create: "own", update: "own", delete: "none" } as const;
  await putRules(forPartners({ contact: own }));
  expect((await ask(`/v1/contacts/${contact.id}`)).status).toBe(404);
  const mine = await ask("/v1/contacts", "POST", { name: "韩梅梅" });
  expect(mine.body).toMatchObject({ ownerId: partner.id });
  expect((await ask("/v1/contacts")).body.items).toEqual([mine.body]);
  expect((await putPolicy(defaultRules, 0)).body).toMatchObject({ status: 412, code: "stale_version" });
});

test("H2 where customers are each to their own, a shared one is listed beside them", async () => {
  const own = { read: "own", create: "own", update: "own", delete: "none" } as const;
  await putRules(forPartners({ account: own, contact: own }));
  const shared = {
    accounts: (await admin.call("createAccount", { body: { name: "共享客户" } })).id,
    contacts: (await admin.call("createContact", { body: { name: "共享联系人" } })).id,
  };
  for (const id of Object.values(shared)) {
    await admin.call("putShare", { path: { id, principalId: partner.id }, body: {} });
  }
  expect((await raw("/_local/clock", { body: { advance: "PT31S" } })).status).toBe(200);
  for (const [collection, id] of Object.entries(shared)) {
    const mine = await ask(`/v1/${collection}`, "POST", { name: "自己的" });
    const ids = ((await ask(`/v1/${collection}`)).body.items as { id: string }[]).map((item) => item.id);
    expect(ids).toEqual(expect.arrayContaining([id, String(mine.body.id)]));
  }
});

test("H2 nobody locks out the last who may change the policy", async () => {
  const before = await admin.call("getAccessPolicy", {});
  const { roles } = defaultRules;
  const policy = { ...roles.admin.policy, update: "none" } as const;
  const locking = await putPolicy({ roles: { ...roles, admin: { ...roles.admin, policy } } }, before.version);
  expect(locking.body).toMatchObject({ status: 409, code: "policy_locks_out" });
  expect(await admin.call("getAccessPolicy", {})).toEqual(before);
  expect((await ask("/v1/access/policy")).status).toBe(403);
  expect((await ask("/v1/access/policy", "PUT", defaultRules, 1)).status).toBe(403);
});

test("H2 a hidden field is nowhere: not in records, lists, boards, figures, timelines, refusals", async () => {
  const pipeline = await makePipeline(admin);
  const [first, second, , , lost] = pipeline.stages.map(({ id }) => id);
  const deal = await admin.call("createOpportunity", {
    body: { name: "秘密", pipelineId: pipeline.id, amountMinor: 777_000, source: "web", tags: ["a"] },
  });
  await admin.call("transitionOpportunity", {
    path: { id: deal.id },
    body: { to: lost ?? "", lostReason: "price of 777" },
  });
  const open = await admin.call("createOpportunity", {
    body: { name: "公开", pipelineId: pipeline.id, amountMinor: 888_000, source: "fair" },
  });
  await putRules(
    forPartners(
      {},
      {
        integration: {
          opportunity: { amountMinor: "hidden", source: "hidden", lostReason: "hidden", tags: "readOnly" },
        },
      },
    ),
  );
  await eventually(
    () => admin.call("getKpis", { query: { groupBy: "source" } }),
    ({ groups }) => groups.some(({ key, open: count }) => key === "fair" && count > 0),
  );
  const funnel = `/v1/analytics/funnel?pipelineId=${pipeline.id}`;
  for (const path of [
    `/v1/opportunities/${deal.id}`,
    `/v1/opportunities?stage=${lost}`,
    `/v1/pipelines/${pipeline.id}/board`,
    `/v1/records/${deal.id}/timeline`,
    funnel,
    `${funnel}&groupBy=team`,
    "/v1/analytics/kpis?groupBy=owner",
  ]) {
    const { status, text } = await ask(path);
    expect({ path, status }).toEqual({ path, status: 200 });
    expect(text).not.toMatch(/777000|888000|amountMinor|AmountMinor|averageDeal|velocity|"source"|lostReason|price of/);
  }
  for (const path of [`${funnel}&groupBy=source`, "/v1/analytics/kpis?groupBy=source"]) {
    expect((await ask(path)).body).toMatchObject({ status: 403, code: "field_not_allowed" });
  }
  for (const body of [{ amountMinor: 1 }, { currency: "USD" }, { source: "x" }, { tags: [] }]) {
    const refused = await ask(`/v1/opportunities/${open.id}`, "PATCH", body, open.version);
    expect(refused.body).toMatchObject({ status: 403, code: "field_not_allowed" });
  }
  const moving = { to: second ?? "", fields: { amountMinor: 5 } };
  expect((await ask(`/v1/opportunities/${open.id}/transitions`, "POST", moving)).status).toBe(403);
  expect((await ask("/v1/opportunities", "POST", { name: "x", amountMinor: 1 })).status).toBe(403);
  // Rows of a batch and puts are held to the same.
  const externalId = { source: "erp", id: open.id };
  const rows = [
    { create: { name: "x", amountMinor: 1 } },
    { update: { id: open.id, version: open.version, fields: { source: "x" } } },
    { upsert: { externalId, fields: { name: "x", tags: [] } } },
  ];
  const { results } = (await ask("/v1/opportunities/batch", "POST", { rows })).body as {
    results: { problem: { code: string; errors: { pointer: string }[] } }[];
  };
  expect(results.map(({ problem }) => [problem.code, problem.errors[0]?.pointer])).toEqual([
    ["field_not_allowed", "/body/rows/0/create/amountMinor"],
    ["field_not_allowed", "/body/rows/1/update/fields/source"],
    ["field_not_allowed", "/body/rows/2/upsert/fields/tags"],
  ]);
  const place = `/v1/opportunities/by-external-id/erp/${open.id}`;
  expect((await ask(place, "PUT", { name: "x", source: "x" })).body.code).toBe("field_not_allowed");
  expect(await admin.call("getOpportunity", { path: { id: open.id } })).toEqual(open);
  const renamed = await ask(`/v1/opportunities/${open.id}`, "PATCH", { name: "改名" }, open.version);
  expect(renamed.status).toBe(200);
  // What the caller cannot see has stayed as it was.
  const after = await admin.call("getOpportunity", { path: { id: open.id } });
  expect(after).toMatchObject({ name: "改名", amountMinor: 888_000, source: "fair", stageId: first });
});

test("H2 A3 what is hidden finds nothing and shows in no hit, whole kinds as well as fields", async () => {
  const own = `zz${Date.now().toString(36)}`;
  const account = await admin.call("createAccount", { body: { name: `客户 ${own}`, industry: "telecom" } });
  const contact = await admin.call("createContact", {
    body: {
      name: `李雷 ${own}`,
      accountId: account.id,
      email: `hidden.${own}@example.com`,
      phone: "+86 139 8765 4321",
    },
  });
  const search = async (q: string, kinds = "") => {
    const { status, body } = await ask(`/v1/search?q=${encodeURIComponent(q)}${kinds && `&entity=${kinds}`}`);
    return { status, next: body.next, hits: (body.items as { id: string; subtitle?: string }[] | undefined) ?? [] };
  };
  const fields = [
    `hidden.${own}@example.com`,
    `hidden.${own}`,
    `13987654321 ${own}`,
    `4321 ${own}`,
    `李雷 hidden.${own}`,
  ];
  await eventually(
    () => search(`李雷 ${own}`),
    ({ hits }) => hits.length === 1,
  );
  for (const q of fields) expect([q, (await search(q)).hits.map(({ id }) => id)]).toEqual([q, [contact.id]]);

  const rules = {
    account: { industry: "hidden" },
    contact: { accountId: "hidden", email: "hidden", phone: "hidden" },
  } as const;
  await putRules(forPartners({}, { integration: rules }));
  for (const q of fields) expect([q, await search(q)]).toEqual([q, { status: 200, next: undefined, hits: [] }]);
  const { hits } = await search(own);
  expect(hits.map(({ id, subtitle }) => [id, subtitle])).toEqual([
    [contact.id, undefined],
    [account.id, undefined],
  ]);

  const nothing = { read: "none", create: "none", update: "none", delete: "none" } as const;
  await putRules(forPartners({ contact: nothing }));
  expect((await search(own)).hits.map(({ id }) => id)).toEqual([account.id]);
  expect((await search(own, "account,contact")).status).toBe(403);
  await putRules(forPartners(Object.fromEntries(ownedEntities.map((kind) => [kind, nothing]))));
  expect((await search(own)).status).toBe(403);
});

test("H2 a refused move does not tell whether a hidden field is empty", async () => {
  const made = await admin.call("createPipeline", {
    body: {
      name: { en: `Strict ${Date.now()}` },
      stages: [
        { name: { en: "One" }, type: "open" },
        { name: { en: "Two" }, type: "open" },
        { name: { en: "Won" }, type: "won" },
        { name: { en: "Lost" }, type: "lost" },
      ],
      transitions: [{ from: 0, to: 1, requiredFields: ["source", "expectedCloseDate"], requiresReason: false }],
    },
  });
  const deal = await admin.call("createOpportunity", { body: { name: "空", pipelineId: made.id } });
  await putRules(forPartners({}, { integration: { opportunity: { source: "hidden" } } }));
  const to = made.stages[1]?.id ?? "";
  const refused = await ask(`/v1/opportunities/${deal.id}/transitions`, "POST", { to });
  expect(refused.body).toMatchObject({ status: 409, code: "transition_refused" });
  expect(refused.text).toContain("expectedCloseDate");
  expect(refused.text).not.toContain("source");
  const offers = await ask(`/v1/opportunities/${deal.id}/transitions`);
  const [offer] = offers.body.items as { blockedBy: { field?: string }[] }[];
  expect(offer?.blockedBy.map(({ field }) => field).sort()).toEqual(["expectedCloseDate", undefined]);
});

test("H2 an explanation names the rule that decides, and tells nothing of what is not readable", async () => {
  const team = await admin.call("createTeam", { body: { name: "解释" } });
  const rep = await signedIn("rep", team.id);
  const mine = await raw("/v1/opportunities", { token: rep.token, body: { name: "mine" } });
  const theirs = await admin.call("createOpportunity", { body: { name: "theirs" } });
  const explain = (id: string, action: string, token = rep.token) =>
    raw(`/v1/access/explain?entity=opportunity&id=${id}&action=${action}`, { token });
  expect((await explain(String(mine.body.id), "update")).body).toEqual({
    allowed: true,
    role: "rep",
    entity: "opportunity",
    action: "update",
    scope: "own",
    because: "owner",
  });
  expect((await explain(String(mine.body.id), "delete")).body).toMatchObject({ allowed: false, because: "no_rule" });
  const [unseen, missing] = [await explain(theirs.id, "read"), await explain("opp_01JD7Z3Q5V9W0X2Y4Z6A8B0C1D", "read")];
  expect(unseen.status).toBe(404);
  expect({ ...unseen.body, requestId: "" }).toEqual({ ...missing.body, requestId: "" });
});
