import { expect, test } from "vitest";
import { clientOf, eventually, makePipeline, raw } from "./api.ts";

const admin = clientOf("admin");
const missing = (work: Promise<unknown>) => expect(work).rejects.toMatchObject({ status: 404, code: "not_found" });

test("A1 an account is added, read, listed by owner and team, changed and deleted", async () => {
  const team = await admin.call("createTeam", { body: { name: "华北一区", region: "North" } });
  const owner = await admin.call("createUser", {
    body: { name: "陈立", email: "chen.li@shangji.test", role: "rep", teamId: team.id, locale: "zh-CN" },
  });
  const parent = await admin.call("createAccount", { body: { name: "华为技术有限公司" } });
  const account = await admin.call("createAccount", {
    body: {
      name: "华为终端",
      industry: "technology",
      employees: 900,
      parentId: parent.id,
      ownerId: owner.id,
      externalId: { source: "erp", id: "A-1" },
    },
  });
  expect(account).toMatchObject({ ownerId: owner.id, teamId: team.id, parentId: parent.id, version: 1 });
  expect(await admin.call("getAccount", { path: { id: account.id } })).toEqual(account);
  for (const query of [{ owner: owner.id }, { team: team.id }]) {
    expect((await admin.call("listAccounts", { query })).items).toEqual([account]);
  }
  const twice = admin.call("createAccount", { body: { name: "other", externalId: { source: "erp", id: "A-1" } } });
  await expect(twice).rejects.toMatchObject({ status: 409, code: "duplicate_value" });
  const changed = await admin.call("updateAccount", {
    path: { id: account.id },
    ifMatch: account.version,
    body: { name: "华为终端有限公司", parentId: null },
  });
  expect(changed).toMatchObject({ name: "华为终端有限公司", version: 2 });
  expect(changed.parentId).toBeUndefined();
  await admin.call("deleteAccount", { path: { id: account.id }, ifMatch: changed.version });
  await missing(admin.call("getAccount", { path: { id: account.id } }));
  expect((await admin.call("listAccounts", { query: { owner: owner.id } })).items).toEqual([]);
  // The external id is free again.
  await admin.call("createAccount", { body: { name: "again", externalId: { source: "erp", id: "A-1" } } });
});

test("A1 a contact is added, read, listed by account, owner and team, changed and deleted", async () => {
  const account = await admin.call("createAccount", { body: { name: "联系人之家" } });
  const team = await admin.call("createTeam", { body: { name: "华东" } });
  const owner = await admin.call("createUser", {
    body: { name: "Ana", email: "ana@shangji.test", role: "rep", teamId: team.id },
  });
  const contact = await admin.call("createContact", {
    body: {
      name: "王小明",
      accountId: account.id,
      ownerId: owner.id,
      email: "wang@example.com",
      externalId: { source: "erp", id: "C-1" },
    },
  });
  expect(await admin.call("getContact", { path: { id: contact.id } })).toEqual(contact);
  for (const query of [{ account: account.id }, { owner: owner.id }, { team: team.id }]) {
    expect((await admin.call("listContacts", { query })).items).toEqual([contact]);
  }
  const changed = await admin.call("updateContact", {
    path: { id: contact.id },
    ifMatch: contact.version,
    body: { title: "CTO", phone: null },
  });
  expect(changed).toMatchObject({ title: "CTO", version: 2 });
  await admin.call("deleteContact", { path: { id: contact.id }, ifMatch: 2 });
  await missing(admin.call("getContact", { path: { id: contact.id } }));
});

test("J1 a product is added, read, listed and changed; its code belongs to it alone", async () => {
  const body = { name: "Mast", code: "M-1", listPriceMinor: 2_350_000, currency: "USD" };
  const product = await admin.call("createProduct", { body });
  expect(await admin.call("getProduct", { path: { id: product.id } })).toEqual(product);
  expect((await admin.call("listProducts", { query: { limit: 200 } })).items).toContainEqual(product);
  await expect(admin.call("createProduct", { body })).rejects.toMatchObject({ code: "duplicate_value" });
  const path = { id: product.id };
  const changed = await admin.call("updateProduct", { path, ifMatch: 1, body: { active: false, code: "M-2" } });
  expect(changed).toMatchObject({ active: false, code: "M-2", version: 2 });
  await admin.call("createProduct", { body });
});

test("H1 people and teams are added, read, listed and changed", async () => {
  const manager = await admin.call("createUser", {
    body: { name: "Mei Tan", email: "mei@shangji.test", role: "manager" },
  });
  const above = await admin.call("createTeam", { body: { name: "South" } });
  const team = await admin.call("createTeam", {
    body: { name: "South-East", managerId: manager.id, parentId: above.id },
  });
  expect(await admin.call("getTeam", { path: { id: team.id } })).toEqual(team);
  expect((await admin.call("listTeams", { query: { limit: 200 } })).items).toContainEqual(team);
  const path = { id: team.id };
  const renamed = await admin.call("updateTeam", { path, ifMatch: 1, body: { region: "East", parentId: null } });
  expect(renamed).toMatchObject({ region: "East", version: 2 });
  const user = await admin.call("updateUser", {
    path: { id: manager.id },
    ifMatch: 1,
    body: { teamId: team.id, email: "mei.tan@shangji.test", territories: ["East"] },
  });
  expect(user).toMatchObject({ teamId: team.id, territories: ["East"], status: "not_invited", version: 2 });
  expect(await admin.call("getUser", { path: { id: manager.id } })).toEqual(user);
  expect((await admin.call("listUsers", { query: { limit: 200 } })).items).toContainEqual(user);
  expect(await admin.call("getMe", {})).toMatchObject({ user: { role: "admin" } });
});

test("C1 a pipeline gets a new version; earlier ones stay as they were", async () => {
  const pipeline = await makePipeline(admin);
  const path = { id: pipeline.id };
  expect(await admin.call("getPipeline", { path })).toEqual(pipeline);
  expect((await admin.call("listPipelines", { query: { limit: 200 } })).items).toContainEqual(pipeline);
  const stages = pipeline.stages.map(({ id, name, type }) => ({ id, name, type }));
  const [first, ...others] = stages;
  if (!first) throw new Error("the pipeline has no stages");
  const next = await admin.call("definePipeline", {
    path,
    ifMatch: pipeline.version,
    body: {
      name: pipeline.name,
      stages: [first, { name: { en: "Demo", "zh-CN": "演示" }, type: "open" }, ...others],
    },
  });
  expect(next.definitionVersion).toBe(2);
  expect(next.stages.map(({ id }) => id)).toEqual([first.id, expect.any(String), ...others.map(({ id }) => id)]);
  const old = await admin.call("getPipelineVersion", { path: { ...path, version: 1 } });
  expect(old.stages).toEqual(pipeline.stages);
});

test("G1 notes stand on the timeline, are changed and taken away", async () => {
  const account = await admin.call("createAccount", { body: { name: "Notizen" } });
  const id = account.id;
  const note = await admin.call("createNote", { path: { id }, body: { text: "下周签约" } });
  const noteId = note.id;
  await admin.call("updateNote", { path: { id, noteId }, ifMatch: 1, body: { text: "下周三签约" } });
  const page = await eventually(
    () => admin.call("getTimeline", { path: { id }, query: {} }),
    ({ items }) => items.some(({ kind }) => kind === "created"),
  );
  expect(page.items.find(({ kind }) => kind === "note")?.note).toMatchObject({ text: "下周三签约", version: 2 });
  await admin.call("deleteNote", { path: { id, noteId }, ifMatch: 2 });
  const { items } = await admin.call("getTimeline", { path: { id }, query: {} });
  expect(items.map(({ kind }) => kind)).toEqual(["created"]);
});

test("G1 a follow-up says how somebody was in touch, for good, and a refusal tells why in the caller's language", async () => {
  const { id } = await admin.call("createAccount", { body: { name: "Nachfassen" } });
  const notes = `/v1/records/${id}/notes`;
  const call = { text: "已致电", channel: "call", outcome: "reached" } as const;
  const ask = (method: string, path: string, body: object, version = 1) =>
    raw(path, { role: "admin", method, body, headers: { "accept-language": "zh-CN", "if-match": `"${version}"` } });
  const written = await ask("POST", notes, call);
  expect(written.body).toMatchObject({ ...call, happenedAt: written.body.createdAt });
  const inDays = (days: number) => new Date(Date.parse(String(written.body.createdAt)) + days * 86_400_000);
  expect((await ask("POST", notes, { ...call, happenedAt: inDays(-29) })).body).toMatchObject({
    happenedAt: inDays(-29).toISOString(),
  });
  const path = `${notes}/${String(written.body.id)}`;
  expect((await ask("PATCH", path, { channel: null, outcome: "interested" })).status).toBe(200);
  const refusals = [
    [await ask("POST", notes, { ...call, happenedAt: inDays(1) }), "/body/happenedAt", "不能是未来的时间"],
    [await ask("POST", notes, { ...call, happenedAt: inDays(-31) }), "/body/happenedAt", "最早只能是 30 天前"],
    [
      await ask("POST", notes, { text: "x", happenedAt: inDays(0) }),
      "/body/happenedAt",
      "必须同时给出 channel 或 outcome",
    ],
    [await ask("PATCH", path, { outcome: null }, 2), "/body", "channel 与 outcome 至少须保留一个"],
  ] as const;
  for (const [{ status, body }, pointer, message] of refusals)
    expect([status, body.code, body.errors]).toEqual([422, "invalid_request", [{ pointer, message }]]);
  const { items } = await admin.call("getTimeline", { path: { id }, query: {} });
  const shown = items.find((entry) => entry.id === written.body.id)?.note;
  expect(shown).toMatchObject({ text: call.text, outcome: "interested", happenedAt: written.body.createdAt });
  expect(shown?.channel).toBeUndefined();
});

test("J1 rates of the organisation turn foreign amounts into the base currency", async () => {
  const before = await admin.call("getOrganization", {});
  const changed = await admin.call("updateRates", {
    ifMatch: before.version,
    body: { rates: [{ currency: "EUR", rate: "1.25" }] },
  });
  expect(changed).toMatchObject({ baseCurrency: before.baseCurrency, rates: [{ currency: "EUR", rate: "1.25" }] });
  const { id } = await makePipeline(admin);
  const opportunity = await eventually(
    () =>
      admin
        .call("createOpportunity", { body: { name: "Euro", pipelineId: id, amountMinor: 8_000, currency: "EUR" } })
        .catch(() => undefined),
    (made) => made !== undefined,
  );
  expect(opportunity).toMatchObject({ amountMinor: 8_000, currency: "EUR", baseAmountMinor: 10_000 });
});

test("F1 an account's industry reaches its opportunities; they are listed by account", async () => {
  const account = await admin.call("createAccount", { body: { name: "Branche", industry: "retail" } });
  const { id: pipelineId } = await makePipeline(admin);
  const made = await admin.call("createOpportunity", { body: { name: "Deal", pipelineId, accountId: account.id } });
  expect(made.industry).toBe("retail");
  await admin.call("updateAccount", { path: { id: account.id }, ifMatch: 1, body: { industry: "medical" } });
  const list = await eventually(
    () => admin.call("listOpportunities", { query: { account: account.id } }),
    ({ items }) => items[0]?.industry === "medical",
  );
  expect(list.items).toHaveLength(1);
});

test("F6 every metric is explained", async () => {
  const { items } = (await admin.call("getMetrics", {})) as unknown as { items: { name: string; formula: string }[] };
  const names = items.map(({ name }) => name);
  expect(names).toContain("Win rate");
  for (const { formula } of items) expect(formula).not.toBe("");
});

test("K2 the local clock moves; the store's heartbeat follows it", async () => {
  const before = await admin.call("getKpis", { query: {} });
  const moved = await raw("/_local/clock", { body: { advance: "PT1M" } });
  expect(moved.status).toBe(200);
  // What was written before the move may still be on its way, and moves `asOf` a little.
  await eventually(
    () => admin.call("getKpis", { query: {} }),
    ({ asOf }) => Date.parse(asOf) - Date.parse(before.asOf) > 30_000,
  );
});
