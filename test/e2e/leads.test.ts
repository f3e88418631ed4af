import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, inject, test } from "vitest";
import { clientOf, eventually, makePipeline, raw } from "./api.ts";
import { type SignedIn, signedIn } from "./sign-in.ts";

const admin = clientOf("admin");
let rep: SignedIn;
beforeAll(async () => {
  const team = await admin.call("createTeam", { body: { name: "Leads" } });
  rep = await signedIn("rep", team.id);
});

const pass = (advance: string) => raw("/_local/clock", { body: { advance } });
const mark = () => randomUUID().slice(0, 8);

describe("B1 a lead", () => {
  test("is added, moved by its steps, listed, found, and tells its story", async () => {
    const own = mark();
    const email = `jing.${own}@example.com`;
    const lead = await admin.call("createLead", {
      body: {
        name: `陈静 ${own}`,
        company: `云帆科技 ${own}`,
        email,
        phone: "+86 571 8888 0101",
        utm: { source: own },
        custom: { seats: 40 },
      },
    });
    expect(lead).toMatchObject({ status: "new", version: 1, custom: { seats: 40 } });
    const path = { id: lead.id };
    const offers = await admin.call("listLeadTransitions", { path });
    expect(offers.items.map(({ to }) => to)).toEqual(["assigned", "disqualified"]);
    const refused = await raw(`/v1/leads/${lead.id}/transitions`, { role: "admin", body: { to: "working" } });
    expect(refused.body).toMatchObject({ code: "transition_refused", failures: [{ rule: "not_a_transition" }] });
    const patched = await raw(`/v1/leads/${lead.id}`, {
      method: "PATCH",
      role: "admin",
      body: { status: "working" },
      headers: { "if-match": '"1"' },
    });
    expect([patched.status, patched.body.code]).toEqual([422, "invalid_request"]);
    await admin.call("transitionLead", { path, body: { to: "assigned", ownerId: rep.id } });
    await raw(`/v1/leads/${lead.id}/transitions`, { token: rep.token, body: { to: "working" } });
    const ended = await raw(`/v1/leads/${lead.id}/transitions`, {
      token: rep.token,
      body: { to: "disqualified", reason: "no budget" },
    });
    expect(ended.body).toMatchObject({ status: "disqualified", statusReason: "no budget", ownerId: rep.id });
    const filter = JSON.stringify({
      all: [
        { field: "utmSource", eq: own },
        { field: "status", in: ["disqualified"] },
        { field: "ownerId", eq: rep.id },
      ],
    });
    const listed = await admin.call("listLeads", { query: { filter } });
    expect(listed.items.map(({ id }) => id)).toEqual([lead.id]);
    const hits = await eventually(
      async () => (await admin.call("search", { query: { q: email } })).items,
      (items) => items.length > 0,
    );
    const hit = { entity: "lead", id: lead.id, subtitle: `云帆科技 ${own}` };
    expect(hits).toMatchObject([{ ...hit, matched: "email" }]);
    const byCompany = await admin.call("search", { query: { q: `帆科 ${own}` } });
    expect(byCompany.items).toMatchObject([{ ...hit, matched: "company" }]);
    const { items } = await eventually(
      () => admin.call("getTimeline", { path, query: {} }),
      (page) => page.items.length >= 5,
    );
    expect(items.map(({ kind }) => kind).sort()).toEqual(
      ["created", "owner_changed", "status_changed", "status_changed", "status_changed"].sort(),
    );
    const history = await eventually(
      () => admin.call("getLeadHistory", { path, query: {} }),
      (page) => page.items.length >= 4,
    );
    expect(history.items[0]).toMatchObject({ command: "transitionLead", reason: "no budget", kind: "lead" });
    expect((await admin.call("findLeadDuplicates", { query: { email } })).items).toMatchObject([{ id: lead.id }]);
  });

  test("of a person who wants to be forgotten is found by e-mail and erased", async () => {
    const own = mark();
    const email = `forget.${own}@example.com`;
    const name = `遗忘 ${own}`;
    const lead = await admin.call("createLead", { body: { name, email, message: `secret ${own}` } });
    await admin.call("createNote", { path: { id: lead.id }, body: { text: `note ${own}` } });
    await eventually(
      async () => (await admin.call("search", { query: { q: email } })).items,
      (items) => items.length > 0,
    );
    const found = await admin.call("findDataSubjects", { query: { email: email.toUpperCase() } });
    expect(found.items).toMatchObject([{ id: lead.id, name }]);
    const { id } = await admin.call("createDataSubjectRequest", { body: { type: "erasure", subjectId: lead.id } });
    await eventually(
      () => admin.call("getDataSubjectRequest", { path: { id } }),
      ({ status }) => status === "completed",
    );
    expect((await raw(`/v1/leads/${lead.id}`, { role: "admin" })).status).toBe(404);
    expect((await admin.call("findDataSubjects", { query: { email } })).items).toEqual([]);
    expect((await admin.call("search", { query: { q: email } })).items).toEqual([]);
    const history = await eventually(
      () => raw(`/v1/leads/${lead.id}/history`, { role: "admin" }),
      ({ text }) => text.includes("erased"),
    );
    expect(history.text).not.toContain(own);
  });
});

test("B7 a lead is converted by whoever works on it, with whom it may be already in view, and stays as what it was", async () => {
  const own = mark();
  const pipeline = await makePipeline(admin);
  const email = `li.${own}@example.com`;
  const account = await admin.call("createAccount", { body: { name: `启航 ${own} 有限公司`, ownerId: rep.id } });
  const lead = await admin.call("createLead", {
    body: { name: `李娜 ${own}`, company: `启航 ${own}`, email, source: own, ownerId: rep.id },
  });
  const byRep = (path: string, body?: object, headers: Record<string, string> = {}) =>
    raw(path, { token: rep.token, headers, ...(body ? { body } : {}) });
  await byRep(`/v1/records/${lead.id}/notes`, { text: `首次沟通 ${own}` });
  const path = `/v1/leads/${lead.id}/conversion`;
  expect((await byRep(path)).body).toEqual({
    accounts: [{ id: account.id, name: account.name, matchedBy: ["name"] }],
    contacts: [],
    blockedBy: [],
  });
  const request = {
    accountId: account.id,
    opportunity: { name: `首单 ${own}`, pipelineId: pipeline.id, amountMinor: 900 },
  };
  const key = { "idempotency-key": `convert-${own}` };
  const converted = await byRep(path, request, key);
  expect(converted.body).toMatchObject({ status: "converted", version: 2, conversion: { accountId: account.id } });
  expect((await byRep(path, request, key)).text).toBe(converted.text);
  const { contactId, opportunityId } = converted.body.conversion as { contactId: string; opportunityId: string };
  expect(await admin.call("getContact", { path: { id: contactId } })).toMatchObject({
    email,
    accountId: account.id,
    ownerId: rep.id,
  });
  expect(await admin.call("getOpportunity", { path: { id: opportunityId } })).toMatchObject({
    accountId: account.id,
    ownerId: rep.id,
    source: own,
    baseAmountMinor: 900,
  });
  const again = await byRep(path, request);
  expect([again.status, again.body.code]).toEqual([409, "already_converted"]);
  expect(again.body.failures).toEqual([{ id: account.id }, { id: contactId }, { id: opportunityId }]);
  const patched = await raw(`/v1/leads/${lead.id}`, {
    method: "PATCH",
    token: rep.token,
    body: { name: "x" },
    headers: { "if-match": '"2"' },
  });
  expect([patched.status, patched.body.code]).toEqual([409, "already_converted"]);
  for (const { id } of [account, { id: contactId }, { id: opportunityId }]) {
    const { items } = await admin.call("getTimeline", { path: { id }, query: {} });
    expect(items.map(({ note }) => note?.text)).toContain(`首次沟通 ${own}`);
  }
  const filter = JSON.stringify({
    all: [
      { field: "ownerId", eq: rep.id },
      { field: "source", eq: own },
      { field: "status", in: ["converted"] },
    ],
  });
  expect((await admin.call("listLeads", { query: { filter } })).items.map(({ id }) => id)).toEqual([lead.id]);
});

describe("B1 a public form", () => {
  const send = (key: string, body: Record<string, string>, headers: Record<string, string> = {}) =>
    raw(`/v1/public/forms/${key}`, { body, headers });
  const byForm = async (formId: string) =>
    (await admin.call("listLeads", { query: { filter: JSON.stringify({ field: "formId", eq: formId }) } })).items;

  test("is made by admins, read by others, and gives leads by JSON and by a page without a script", async () => {
    await pass("PT61S");
    const form = await admin.call("createForm", {
      body: {
        name: "官网",
        fields: [
          { input: "name", to: "name" },
          { input: "mail", to: "email", required: true },
        ],
        allowedOrigins: ["https://www.example.com"],
        source: "website",
        consentText: "我同意",
        honeypotInput: "website",
        redirectUrl: "https://www.example.com/thanks",
      },
    });
    expect((await raw("/v1/forms", { token: rep.token, body: {} })).status).toBe(403);
    expect((await raw(`/v1/forms/${form.id}`, { token: rep.token })).body).toEqual(form);
    expect((await admin.call("listForms", { query: { limit: 200 } })).items).toContainEqual(form);
    const own = mark();
    const given = { name: "陈静", mail: `${own}@example.com` };
    const taken = await send(form.key, given, { origin: "https://www.example.com" });
    expect([taken.status, taken.body]).toEqual([202, { accepted: true }]);
    // Known or not, twice or filled by a machine: the answer is the same.
    for (const inputs of [given, { ...given, website: "x" }, { ...given, name: "Known" }]) {
      const answer = await send(form.key, inputs);
      expect([answer.status, answer.text]).toEqual([202, taken.text]);
    }
    const led = await fetch(`${inject("stack").apiUrl}/v1/public/forms/${form.key}`, {
      method: "POST",
      redirect: "manual",
      headers: { "content-type": "application/x-www-form-urlencoded" },
      body: new URLSearchParams({ name: "Page", mail: `page.${own}@example.com` }),
    });
    expect([led.status, led.headers.get("location")]).toEqual([303, "https://www.example.com/thanks"]);
    const leads = await byForm(form.id);
    expect(leads.map(({ name }) => name).sort()).toEqual(["Known", "Page", "陈静"]);
    expect(leads.find(({ name }) => name === "陈静")).toMatchObject({
      source: "website",
      status: "new",
      consent: { text: "我同意", formId: form.id },
    });
    expect((await send(form.key, given, { origin: "https://evil.example" })).body.code).toBe("origin_not_allowed");
    const rotated = await admin.call("rotateFormKey", { path: { id: form.id }, body: {} });
    await pass("PT61S");
    expect((await send(form.key, given)).status).toBe(404);
    expect((await send(rotated.key, { ...given, name: "Rotated" })).status).toBe(202);
    await admin.call("updateForm", { path: { id: form.id }, ifMatch: rotated.version, body: { active: false } });
    await pass("PT31S");
    expect((await send(rotated.key, given)).status).toBe(404);
  });
});
