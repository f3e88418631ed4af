import { ScanCommand } from "@aws-sdk/lib-dynamodb";
import { createAccount } from "@shangji/core/accounts/create-account";
import { createContact } from "@shangji/core/contacts/create-contact";
import { revise } from "@shangji/core/kit/revise";
import { conversionOffer } from "@shangji/core/leads/conversion-offer";
import { transitionLead } from "@shangji/core/leads/transition-lead";
import { updateLead } from "@shangji/core/leads/update-lead";
import { createNote } from "@shangji/core/timeline/create-note";
import { type DynamoDb, startDynamoDb } from "@shangji/testing/dynamodb";
import { faultyClient } from "@shangji/testing/faulty-client";
import { testViewer } from "@shangji/testing/world";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type ConversionWorld, conversionWorld, viewerWith } from "./world.ts";

let db: DynamoDb;
beforeAll(async () => {
  db = await startDynamoDb();
});
afterAll(() => db.stop());

const world = async () => conversionWorld(await db.createTable());

/** Ids of all records in the table by kind, but for the process and the people. */
async function recordsIn({ table }: Pick<ConversionWorld, "table">): Promise<Record<string, string[]>> {
  const { Items = [] } = await table.client.send(new ScanCommand({ TableName: table.name, ConsistentRead: true }));
  const byKind: Record<string, string[]> = {};
  for (const { kind, id } of Items) {
    if (["account", "contact", "opportunity"].includes(String(kind))) {
      byKind[String(kind)] = [...(byKind[String(kind)] ?? []), String(id)];
    }
  }
  return byKind;
}

describe("B7 a lead", () => {
  test("becomes an account, a contact and an opportunity, of whoever has it", async () => {
    const it = await world();
    const { deps, owner, team, pipeline } = it;
    const lead = await it.lead({
      title: "CTO",
      email: "jing@yunfan.example",
      phone: "+86 571 8888 0101",
      website: "https://yunfan.example",
      industry: "software",
      region: "华东",
      source: "expo",
    });
    const converted = await it.convert(lead.id, { opportunity: { amountMinor: 500_000, name: "首单" } });
    const { accountId = "", contactId = "", opportunityId = "" } = converted.conversion ?? {};
    expect(converted).toMatchObject({ status: "converted", version: 2, ownerId: owner.id });
    expect(await deps.leads.get(lead.id)).toEqual(converted);
    const owned = { ownerId: owner.id, teamId: team.id, tags: [] };
    expect(await deps.accounts.get(accountId)).toMatchObject({
      ...owned,
      name: "云帆科技",
      industry: "software",
      region: "华东",
      website: "https://yunfan.example",
    });
    expect(await deps.contacts.get(contactId)).toMatchObject({
      ...owned,
      accountId,
      name: "陈静",
      title: "CTO",
      email: "jing@yunfan.example",
      phone: "+86 571 8888 0101",
    });
    expect(await deps.opportunities.get(opportunityId)).toMatchObject({
      ...owned,
      accountId,
      name: "首单",
      amountMinor: 500_000,
      baseAmountMinor: 500_000,
      industry: "software",
      source: "expo",
      status: "open",
      stageId: pipeline.stages[0]?.id,
    });
  });

  test("without a company becomes an account of its name, with what the request says in place of it", async () => {
    const it = await world();
    const plain = await it.lead({ company: undefined });
    const { conversion } = await it.convert(plain.id);
    expect(conversion).not.toHaveProperty("opportunityId");
    expect(await it.deps.accounts.get(conversion?.accountId ?? "")).toMatchObject({ name: "陈静" });
    const other = await it.lead();
    const request = { account: { name: "云帆（杭州）", employees: 40 }, contact: { name: "陈静女士", tags: ["vip"] } };
    const { accountId = "", contactId = "" } = (await it.convert(other.id, request)).conversion ?? {};
    expect(await it.deps.accounts.get(accountId)).toMatchObject(request.account);
    expect(await it.deps.contacts.get(contactId)).toMatchObject(request.contact);
  });

  test("becomes part of records that are there, of which nothing is overwritten", async () => {
    const it = await world();
    const { deps } = it;
    const account = await createAccount({ name: "云帆", industry: "retail", tags: ["old"] }, deps);
    const contact = await createContact({ name: "Chen Jing", title: "CEO", tags: [] }, deps);
    const lead = await it.lead({ title: "CTO", email: "jing@yunfan.example", industry: "software" });
    const { conversion } = await it.convert(lead.id, { accountId: account.id, contactId: contact.id });
    expect(conversion).toMatchObject({ accountId: account.id, contactId: contact.id });
    const shown = ({ name, industry, tags, title, email, accountId }: Record<string, unknown>) => ({
      ...{ name, industry, tags, title, email, accountId },
    });
    expect(shown({ ...(await deps.accounts.get(account.id)) })).toEqual(shown({ ...account }));
    // The contact was nobody's, and is now the account's.
    expect(shown({ ...(await deps.contacts.get(contact.id)) })).toEqual(shown({ ...contact, accountId: account.id }));
    const next = await it.lead();
    expect((await it.convert(next.id, { contactId: contact.id })).conversion).toMatchObject({ accountId: account.id });
    const third = await it.lead();
    for (const request of [
      { contactId: contact.id, account: {} },
      { contactId: contact.id, accountId: "acc_0" },
    ]) {
      await expect(it.convert(third.id, request)).rejects.toMatchObject({ code: "invalid_request" });
    }
  });

  test("becomes no part of an account that waits in a pool, nor of a contact of one; nothing is written then", async () => {
    const it = await world();
    const { deps } = it;
    const account = await createAccount({ name: "云帆", tags: [] }, deps);
    const contact = await createContact({ name: "Chen Jing", accountId: account.id, tags: [] }, deps);
    const pool = { poolId: "pool_01JD7Z3Q5V9W0X2Y4Z6A8B0C1D", at: account.createdAt };
    const waiting = revise(account, { pool }, { ...deps, command: "returnAccount" });
    await deps.accounts.update(account, waiting);
    const lead = await it.lead();
    for (const request of [{ accountId: account.id }, { contactId: contact.id }])
      await expect(it.convert(lead.id, { ...request, opportunity: {} })).rejects.toMatchObject({ code: "pooled" });
    expect(await deps.leads.get(lead.id)).toEqual(lead);
    expect(await deps.accounts.get(account.id)).toEqual(waiting);
    await deps.accounts.update(waiting, revise(waiting, { pool: null }, { ...deps, command: "claimAccount" }));
    expect((await it.convert(lead.id, { accountId: account.id })).conversion).toMatchObject({ accountId: account.id });
  });

  test("takes its timeline along without moving it, to what is new and to what was there", async () => {
    const it = await world();
    const { deps } = it;
    const account = await createAccount({ name: "云帆", tags: [] }, deps);
    const lead = await it.lead();
    const on = { ...deps, viewer: testViewer() };
    await createNote({ recordId: lead.id, text: "打过电话" }, on);
    it.clock.advance(1_000);
    const { conversion } = await it.convert(lead.id, { accountId: account.id, opportunity: {} });
    it.clock.advance(1_000);
    await createNote({ recordId: account.id, text: "签了框架" }, on);
    const texts = async (id = "") =>
      ((await deps.timeline.list(id, { limit: 10 }, undefined))?.items ?? []).flatMap(({ note }) => note?.text ?? []);
    expect(await texts(account.id)).toEqual(["签了框架", "打过电话"]);
    expect(await texts(conversion?.contactId)).toEqual(["打过电话"]);
    expect(await texts(conversion?.opportunityId)).toEqual(["打过电话"]);
    expect(await texts(lead.id)).toEqual(["打过电话"]);
  });

  test("is converted once and is history then: a second time, and changes, are refused with what it has become", async () => {
    const it = await world();
    const lead = await it.lead();
    const { conversion } = await it.convert(lead.id);
    const failures = [{ id: conversion?.accountId }, { id: conversion?.contactId }];
    const refused = { code: "already_converted", failures };
    await expect(it.convert(lead.id)).rejects.toMatchObject(refused);
    await expect(updateLead({ id: lead.id, patch: { name: "x" } }, it.deps)).rejects.toMatchObject(refused);
    const back = transitionLead({ id: lead.id, request: { to: "disqualified", reason: "x" } }, it.deps);
    await expect(back).rejects.toMatchObject({ code: "transition_refused" });
    const records = await recordsIn(it);
    expect(records).toEqual({ account: [conversion?.accountId], contact: [conversion?.contactId] });
  });

  test("is converted by whoever is at work on it: not when it is nobody's or disqualified", async () => {
    const it = await world();
    const fresh = await it.lead({ ownerId: undefined });
    const ended = await it.lead();
    await transitionLead({ id: ended.id, request: { to: "disqualified", reason: "spam" } }, it.deps);
    for (const { id } of [fresh, ended]) {
      await expect(it.convert(id)).rejects.toMatchObject({
        code: "transition_refused",
        failures: [{ rule: "not_a_transition" }],
      });
    }
    expect(await recordsIn(it)).toEqual({});
  });

  test("is converted once by many at the same time", async () => {
    const it = await world();
    const lead = await it.lead();
    const attempts = await Promise.allSettled(
      Array.from({ length: 12 }, () => it.convert(lead.id, { opportunity: {} })),
    );
    expect(attempts.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    for (const attempt of attempts) {
      if (attempt.status === "rejected") expect(["conflict", "already_converted"]).toContain(attempt.reason.code);
    }
    const { conversion } = (await it.deps.leads.get(lead.id)) ?? {};
    expect(await recordsIn(it)).toEqual({
      account: [conversion?.accountId],
      contact: [conversion?.contactId],
      opportunity: [conversion?.opportunityId],
    });
  });

  test.each(["crash-before", "crash-after", "timeout-before", "timeout-after", "throttle", "conflict"] as const)(
    "that meets %s at any call is converted wholly or not at all, and then by the next attempt",
    async (fault) => {
      const it = await world();
      for (let at = 0, isPast = false; !isPast; at++) {
        const lead = await it.lead();
        const before = await recordsIn(it);
        let calls = 0;
        const client = faultyClient(it.table.client, () => (calls++ === at ? fault : undefined));
        const attempt = it.convert(lead.id, { opportunity: {} }, { through: { ...it.table, client } });
        const done = await attempt.catch(() => undefined);
        isPast = calls <= at;
        const now = await it.deps.leads.get(lead.id);
        if (now?.status !== "converted") {
          expect(done).toBeUndefined();
          expect(await recordsIn(it)).toEqual(before);
          await it.convert(lead.id, { opportunity: {} });
        }
        const { conversion } = (await it.deps.leads.get(lead.id)) ?? {};
        const made = await recordsIn(it);
        expect(made.account).toHaveLength((before.account?.length ?? 0) + 1);
        expect(made.account).toContain(conversion?.accountId);
        expect(made.contact).toContain(conversion?.contactId);
        expect(made.opportunity).toContain(conversion?.opportunityId);
      }
    },
  );
});

describe("B7 H2 who converts a lead", () => {
  test("must be allowed to change the lead, not only to see it", async () => {
    const it = await world();
    const colleagues = await it.lead({ ownerId: undefined });
    const lead = { ...colleagues, version: 2, teamId: it.team.id, ownerId: "usr_2", status: "assigned" } as const;
    await it.deps.leads.update(colleagues, lead);
    expect((await it.deps.leads.get(lead.id))?.status).toBe("assigned");
    await expect(it.convert(lead.id, {}, { viewer: it.rep })).rejects.toMatchObject({ code: "forbidden" });
    expect(await recordsIn(it)).toEqual({});
  });

  test("must be allowed to add what is new, and to see what is there; nothing is written otherwise", async () => {
    const it = await world();
    const foreign = await createAccount({ name: "别人的", tags: [] }, it.deps);
    const lead = await it.lead();
    const before = await recordsIn(it);
    const may = (kind: "account" | "contact" | "opportunity") =>
      viewerWith(it.rep, (rules) => ({
        ...rules,
        roles: { ...rules.roles, rep: { ...rules.roles.rep, [kind]: { ...rules.roles.rep[kind], create: "none" } } },
      }));
    for (const kind of ["account", "contact", "opportunity"] as const) {
      const asked = it.convert(lead.id, { opportunity: {} }, { viewer: may(kind) });
      await expect(asked).rejects.toMatchObject({ code: "forbidden" });
    }
    const narrow = viewerWith(it.rep, (rules) => {
      const { rep } = rules.roles;
      return { ...rules, roles: { ...rules.roles, rep: { ...rep, account: { ...rep.account, read: "own" } } } };
    });
    const unseen = it.convert(lead.id, { accountId: foreign.id }, { viewer: narrow });
    await expect(unseen).rejects.toMatchObject({ code: "unknown_reference", errors: [{ pointer: "/body/accountId" }] });
    const frozen = viewerWith(it.rep, (rules) => ({
      ...rules,
      fields: { rep: { opportunity: { amountMinor: "readOnly" } } },
    }));
    const written = it.convert(lead.id, { opportunity: { amountMinor: 1 } }, { viewer: frozen });
    const refusal = { code: "field_not_allowed", errors: [{ pointer: "/body/opportunity/amountMinor" }] };
    await expect(written).rejects.toMatchObject(refusal);
    expect(await recordsIn(it)).toEqual(before);
    expect((await it.convert(lead.id, { opportunity: {} }, { viewer: frozen })).status).toBe("converted");
  });

  test("H2 does not name its account, or its deal, by a company that the caller may not see", async () => {
    const it = await world();
    const blind = viewerWith(it.rep, (rules) => ({ ...rules, fields: { rep: { lead: { company: "hidden" } } } }));
    for (const lead of [await it.lead(), await it.lead({ company: undefined })]) {
      const before = await recordsIn(it);
      for (const request of [{}, { account: { industry: "retail" }, opportunity: {} }])
        await expect(it.convert(lead.id, request, { viewer: blind })).rejects.toMatchObject({
          code: "invalid_request",
          errors: [{ pointer: "/body/account/name" }],
        });
      expect(await recordsIn(it)).toEqual(before);
      const named = { account: { name: `Named ${lead.id}` }, opportunity: {} };
      const { accountId = "", opportunityId = "" } =
        (await it.convert(lead.id, named, { viewer: blind })).conversion ?? {};
      expect(await it.deps.accounts.get(accountId)).toMatchObject(named.account);
      expect(await it.deps.opportunities.get(opportunityId)).toMatchObject({ name: "陈静" });
    }
    const account = await createAccount({ name: "Known", tags: [] }, it.deps);
    const onto = { accountId: account.id, opportunity: {} };
    const { opportunityId = "" } = (await it.convert((await it.lead()).id, onto, { viewer: blind })).conversion ?? {};
    expect(await it.deps.opportunities.get(opportunityId)).toMatchObject({ name: "陈静" });
  });

  test("sees whom it may be already, by what may be seen of it and of them", async () => {
    const it = await world();
    const { deps, owner } = it;
    const account = await createAccount({ name: "云帆科技有限公司", tags: [], ownerId: owner.id }, deps);
    const foreign = await createAccount({ name: "云帆科技", tags: [] }, deps);
    const contact = await createContact(
      { name: "Jing", email: "jing@yunfan.example", tags: [], ownerId: owner.id },
      deps,
    );
    const lead = await it.lead({ email: "Jing@Yunfan.example" });
    const offer = (viewer = testViewer()) => conversionOffer({ id: lead.id }, { ...deps, viewer });
    expect(await offer()).toMatchObject({
      accounts: expect.arrayContaining([account, foreign].map(({ id }) => expect.objectContaining({ id }))),
      contacts: [{ id: contact.id, matchedBy: ["email"] }],
      blockedBy: [],
    });
    const blind = viewerWith(it.rep, (rules) => ({
      ...rules,
      fields: { rep: { lead: { email: "hidden", company: "hidden" } } },
    }));
    expect(await offer(blind)).toEqual({ accounts: [], contacts: [], blockedBy: [] });
  });

  test("is told of a record that stands in the way where the policy refuses likeness", async () => {
    const it = await world();
    const { deps } = it;
    const rules = { account: { name: "warn", phone: "warn" }, contact: { email: "refuse", phone: "warn" } } as const;
    const cached = async () => ({ ...rules, lead: { email: "warn", phone: "warn" } }) as never;
    deps.duplicates.policies = { ...deps.duplicates.policies, cached };
    const contact = await createContact({ name: "Jing", email: "jing@yunfan.example", tags: [] }, deps);
    const lead = await it.lead({ email: "jing@yunfan.example" });
    const before = await recordsIn(it);
    await expect(it.convert(lead.id)).rejects.toMatchObject({ code: "duplicate", failures: [{ id: contact.id }] });
    expect(await recordsIn(it)).toEqual(before);
    expect((await it.convert(lead.id, { contactId: contact.id })).conversion).toMatchObject({ contactId: contact.id });
  });
});
