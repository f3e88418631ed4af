import { randomUUID } from "node:crypto";
import { defaultRules } from "@shangji/core/access/default-policy";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { clientOf, eventually, raw } from "./api.ts";
import { type SignedIn, signedIn } from "./sign-in.ts";

const admin = clientOf("admin");
const always = { workingHours: false };
const mark = () => randomUUID().slice(0, 8);
const pass = (advance: string) => raw("/_local/clock", { body: { advance } });

let team: { id: string };
let [first, second, stranger]: SignedIn[] = [];
beforeAll(async () => {
  const [own, other] = await Promise.all([
    admin.call("createTeam", { body: { name: "Routed" } }),
    admin.call("createTeam", { body: { name: "Elsewhere" } }),
  ]);
  team = own;
  first = await signedIn("rep", own.id);
  second = await signedIn("rep", own.id);
  stranger = await signedIn("rep", other.id);
  await pass("PT31S");
});
// The leads of other suites are nobody's until they say otherwise.
afterAll(() => putRules([]));

/** A setting is replaced by an admin, or by whoever has the token. */
const put = (path: string, version: number, body: object, token?: string) =>
  raw(path, {
    method: "PUT",
    ...(token ? { token } : { role: "admin" as const }),
    body,
    headers: { "if-match": `"${version}"` },
  });

async function putRules(rules: object[], guards: object = always) {
  const { version } = await admin.call("getAssignmentRules", {});
  const answer = await put("/v1/assignment-rules", version, { rules, guards });
  expect([answer.status, answer.body.version]).toEqual([200, version + 1]);
  await pass("PT31S");
}

/** A rule for the leads of one test. */
const ruleOf = (source: string, target: object, more: object = {}) => ({
  id: `own-${source}`,
  when: { field: "source", eq: source },
  target,
  ...more,
});

const idOf = (person: SignedIn | undefined) => person?.id ?? "";
const both = () => ({ kind: "round_robin", among: { userIds: [idOf(first), idOf(second)] } });
const decisionOn = async (id: string) => {
  const ask = () => admin.call("getLeadAssignment", { path: { id } });
  const { decision } = await eventually(ask, (answer) => answer.decision !== undefined);
  if (!decision) throw new Error("it was waited for");
  return decision;
};

describe("B3 assignment rules", () => {
  test("are put by admins as one list, name what is there, and are read by everybody", async () => {
    const { version } = await admin.call("getAssignmentRules", {});
    const send = (body: object, token?: string) => put("/v1/assignment-rules", version, body, token);
    const rules = [{ id: "a", target: { kind: "user", userId: "usr_01JD7Z3Q5V9W0X2Y4Z6A8B0C1D" } }];
    expect((await send({ rules }, first?.token)).status).toBe(403);
    const unknown = await send({ rules });
    expect([unknown.status, unknown.body.code, unknown.body.errors]).toEqual([
      422,
      "unknown_reference",
      [{ pointer: "/body/rules/0/target/userId", message: "refers to a record that does not exist" }],
    ]);
    const wrong = await send({ rules: [{ id: "a", when: { field: "amountMinor", gt: 1 }, target: { kind: "pool" } }] });
    expect([wrong.status, wrong.body.code]).toEqual([422, "invalid_request"]);
    const byTeam = { id: "t", target: { kind: "least_loaded", among: { teamIds: [team.id] } } };
    const taken = await send({ rules: [{ ...byTeam, enabled: false }] });
    expect([taken.status, taken.body.version]).toEqual([200, version + 1]);
    expect((await raw("/v1/assignment-rules", { token: idToken(first) })).body).toEqual(taken.body);
    const trail = await eventually(
      () => admin.call("listAudit", { query: { entity: "organization" } }),
      ({ items }) => items.some(({ recordId }) => recordId === "assignment-rules"),
    );
    expect(trail.items.find(({ recordId }) => recordId === "assignment-rules")).toMatchObject({
      command: "putAssignmentRules",
      category: "configuration",
    });
  });

  test("give what visitors send by a form to people in turn, and tell why to who may read the lead", async () => {
    const source = mark();
    await putRules([{ id: "off", enabled: false, target: { kind: "pool" } }, ruleOf(source, both())]);
    await pass("PT61S");
    const form = await admin.call("createForm", {
      body: { name: "官网", source, fields: [{ input: "name", to: "name", required: true }] },
    });
    await pass("PT31S");
    for (const name of ["陈静", "李雷"]) {
      expect((await raw(`/v1/public/forms/${form.key}`, { body: { name } })).status).toBe(202);
    }
    const filter = JSON.stringify({ field: "formId", eq: form.id });
    const { items } = await eventually(
      () => admin.call("listLeads", { query: { filter } }),
      (page) => page.items.filter(({ status }) => status === "assigned").length === 2,
    );
    expect(items.map(({ ownerId }) => ownerId).sort()).toEqual([idOf(first), idOf(second)].sort());
    const [lead] = items.filter(({ ownerId }) => ownerId === first?.id);
    expect(lead).toMatchObject({ version: 2, teamId: team.id });
    const path = `/v1/leads/${lead?.id}/assignment`;
    const told = await raw(path, { token: idToken(first) });
    expect([told.status, told.body]).toMatchObject([
      200,
      {
        leadId: lead?.id,
        decision: {
          outcome: "assigned",
          userId: first?.id,
          teamId: team.id,
          ruleId: `own-${source}`,
          rules: [
            { ruleId: "off", outcome: "disabled" },
            { ruleId: `own-${source}`, outcome: "decided" },
          ],
          candidates: [{ refusals: [] }, { refusals: [] }],
        },
      },
    ]);
    const foreign = await raw(path, { token: idToken(stranger) });
    expect([foreign.status, foreign.body.code]).toEqual([404, "not_found"]);
    const history = await eventually(
      () => admin.call("getLeadHistory", { path: { id: lead?.id ?? "" }, query: {} }),
      (page) => page.items.length >= 2,
    );
    expect(history.items[0]).toMatchObject({ command: "assignLead", actorId: "system" });
  });

  test("leave a lead to whom it was given on purpose, and one that nobody may have to nobody, with the reasons", async () => {
    const source = mark();
    await putRules([ruleOf(source, { kind: "user", userId: idOf(first) })], { ...always, maxPerDay: 0 });
    const lead = (fields: object) => admin.call("createLead", { body: { name: "Zhou", source, ...fields } });
    const given = await lead({ ownerId: second?.id });
    const free = await lead({});
    expect(await decisionOn(free.id)).toMatchObject({
      outcome: "no_candidate",
      candidates: [{ userId: first?.id, outcome: "refused", refusals: [{ why: "period_cap", period: "day", max: 0 }] }],
    });
    expect(await admin.call("getLead", { path: { id: free.id } })).toMatchObject({ status: "new", version: 1 });
    // Where there is no pool either, whoever makes rules and pools hears of it.
    const told = async () =>
      (await raw("/v1/notifications?unread=true", { role: "admin", headers: { "accept-language": "zh-CN" } })).body
        .items as { kind: string; title: string; subject: { id: string } }[];
    const ofFree = ({ subject, kind }: { kind: string; subject: { id: string } }) =>
      subject.id === free.id && kind === "lead_unassigned";
    const inbox = await eventually(told, (items) => items.some(ofFree));
    expect(inbox.filter(ofFree)).toMatchObject([{ title: "线索无人可接：Zhou" }]);
    expect(await admin.call("getLeadAssignment", { path: { id: given.id } })).toEqual({ leadId: given.id });
    expect(await admin.call("getLead", { path: { id: given.id } })).toMatchObject({ ownerId: second?.id, version: 1 });
  });

  test("look at own data of leads and find the owner of the account, and decide again about what is taken from its owner", async () => {
    const source = mark();
    const company = `Werk ${source}`;
    const account = { name: `${company} GmbH & Co. KG`, ownerId: idOf(stranger) };
    await admin.call("createAccount", { body: account });
    const ofSource = { field: "source", eq: source };
    const rules = (rest: SignedIn | undefined) => [
      {
        id: "large",
        when: { all: [ofSource, { field: "custom.seats", gte: 100 }] },
        target: { kind: "user", userId: idOf(second) },
      },
      { id: "owner", when: ofSource, target: { kind: "account_owner" } },
      { id: "rest", when: ofSource, target: { kind: "user", userId: idOf(rest) } },
    ];
    await putRules(rules(first));
    const given = async (fields: object) => {
      const { id } = await admin.call("createLead", { body: { name: "Qian", source, ...fields } });
      const { userId, rules: tried } = await decisionOn(id);
      return { id, userId, outcomes: tried?.map(({ outcome }) => outcome) };
    };
    // As a form gives it.
    expect(await given({ custom: { seats: "120" } })).toMatchObject({ userId: second?.id, outcomes: ["decided"] });
    expect(await given({ company })).toMatchObject({ userId: stranger?.id, outcomes: ["not_matched", "decided"] });
    const { id, ...decided } = await given({ company: "Another one", custom: { seats: 7 } });
    expect(decided).toEqual({ userId: first?.id, outcomes: ["not_matched", "no_account_owner", "decided"] });
    await putRules(rules(second));
    await admin.call("updateLead", { path: { id }, body: { ownerId: null }, ifMatch: 2 });
    const again = await eventually(
      () => admin.call("getLead", { path: { id } }),
      ({ version }) => version >= 4,
    );
    expect(again).toMatchObject({ version: 4, status: "assigned", ownerId: second?.id });
    expect(await decisionOn(id)).toMatchObject({ userId: second?.id, ruleId: "rest" });
  });

  test("count the open leads that people were given by hand", async () => {
    const source = mark();
    const seen = async (name: string) => {
      const made = await admin.call("createLead", { body: { name, ownerId: idOf(stranger) } });
      await eventually(
        async () => (await admin.call("search", { query: { q: name } })).items,
        (items) => items.length > 0,
      );
      return made;
    };
    await putRules([ruleOf(source, { kind: "user", userId: idOf(stranger) })], { ...always, maxOpen: 1 });
    await seen(`Open ${mark()}`);
    // Found by a search, it came in a later batch of the stream than the one before it, which has been counted then.
    await seen(`Later ${mark()}`);
    const { id } = await admin.call("createLead", { body: { name: "Wu", source } });
    const { outcome, candidates } = await decisionOn(id);
    expect([outcome, candidates?.[0]?.refusals[0]?.why]).toEqual(["no_candidate", "open_cap"]);
  });

  test("tell whoever may not see what they looked at of the result alone", async () => {
    const source = mark();
    await putRules([ruleOf(source, { kind: "user", userId: idOf(first) })]);
    const { id } = await admin.call("createLead", { body: { name: "Sun", source } });
    const { at } = await decisionOn(id);
    const before = await admin.call("getAccessPolicy", {});
    const fields = { rep: { lead: { source: "hidden" } } } as const;
    await put("/v1/access/policy", before.version, { ...defaultRules, fields });
    await pass("PT31S");
    const { body } = await raw(`/v1/leads/${id}/assignment`, { token: idToken(first) });
    await put("/v1/access/policy", before.version + 1, defaultRules);
    await pass("PT31S");
    const result = { at, outcome: "assigned", userId: first?.id, teamId: team.id };
    expect(body).toMatchObject({ leadId: id, decision: result });
    expect(Object.keys(body.decision ?? {}).sort()).toEqual([...Object.keys(result), "rulesVersion"].sort());
  });
});

describe("H1 the organisation's calendar", () => {
  test("is put by admins, and nobody is given a lead on its holidays", async () => {
    const before = await admin.call("getCalendar", {});
    const { version, createdAt: _, updatedAt: __, ...own } = before;
    const { now } = (await pass("PT0S")).body;
    const day = (offset: number) => new Date(Date.parse(String(now)) + offset * 86_400_000).toISOString().slice(0, 10);
    const holidays = [{ from: day(-1), until: day(2), name: { en: "Festival", "zh-CN": "节日" } }];
    const body = { ...own, holidays };
    expect((await put("/v1/organization/calendar", version, body, idToken(first))).status).toBe(403);
    const taken = await put("/v1/organization/calendar", version, body);
    expect(taken.body).toMatchObject({ version: version + 1, holidays });
    const source = mark();
    await putRules([ruleOf(source, { kind: "user", userId: idOf(first) })], {});
    const { id } = await admin.call("createLead", { body: { name: "Gao", source } });
    expect((await decisionOn(id)).candidates).toMatchObject([{ refusals: [{ why: "holiday" }] }]);
    expect((await put("/v1/organization/calendar", version + 1, own)).status).toBe(200);
  });
});

function idToken(person: SignedIn | undefined): string {
  if (!person) throw new Error("nobody has signed in");
  return person.token;
}

describe("B3 a backtest", () => {
  test("says who would have got the leads of a past day by other rules, and changes nothing", async () => {
    const source = `backtest-${mark()}`;
    const add = (name: string) => admin.call("createLead", { body: { name, source, ownerId: idOf(stranger) } });
    const leads = await Promise.all(["a", "b", "c"].map(add));
    const day = leads[0]?.createdAt.slice(0, 10) ?? "";
    const days = (count: number) => new Date(Date.parse(day) + count * 86_400_000).toISOString().slice(0, 10);
    const rules = { rules: [ruleOf(source, both()), { id: "rest", target: { kind: "pool" } }], guards: always };
    const told = await eventually(
      () => admin.call("backtestAssignmentRules", { body: { from: days(-1), to: days(2), rules } as never }),
      ({ rules: [own] }) => own?.decided === leads.length,
    );
    expect(told.rules[0]).toEqual({ ruleId: `own-${source}`, decided: 3, assigned: 3 });
    expect(told.people.map(({ leads: count }) => count)).toEqual([2, 1]);
    expect(told.people.map(({ userId }) => userId).sort()).toEqual([idOf(first), idOf(second)].sort());
    const ids = new Set(leads.map(({ id }) => id));
    const ours = told.decisions.filter(({ leadId }) => ids.has(leadId));
    expect(ours.map(({ ownerId }) => ownerId)).toEqual(leads.map(() => idOf(stranger)));
    expect(ours.map(({ at }) => at)).toEqual(leads.map(({ createdAt }) => createdAt).sort());
    expect(told.assigned + told.pooled + told.unassigned).toBe(told.leads);
    for (const { id, version } of leads) {
      expect(await admin.call("getLead", { path: { id } })).toMatchObject({ version, ownerId: idOf(stranger) });
      expect((await admin.call("getLeadAssignment", { path: { id } })).decision).toBeUndefined();
    }
  });

  test("is for who may change the rules, and names what is wrong with them or the period", async () => {
    const ask = (body: object, token?: string) =>
      raw("/v1/assignment-rules/backtest", { ...(token ? { token } : { role: "admin" as const }), body });
    const period = { from: "2026-01-01", to: "2026-01-31" };
    const by = (rule: object) => ({ ...period, rules: { rules: [{ id: "a", ...rule }] } });
    expect((await ask(period, await first?.freshToken())).status).toBe(403);
    const unknown = await ask(by({ target: { kind: "user", userId: "usr_01JD7Z3Q5V9W0X2Y4Z6A8B0C1D" } }));
    expect([unknown.status, unknown.body.code]).toEqual([422, "unknown_reference"]);
    const pointers = async (body: object) =>
      ((await ask(body)).body.errors as { pointer: string }[]).map(({ pointer }) => pointer);
    const faulty = by({ when: { field: "amountMinor", gt: 1 }, target: { kind: "pool" } });
    expect(await pointers(faulty)).toEqual(["/body/rules/rules/0/when/field"]);
    expect(await pointers({ from: "2026-01-31", to: "2026-01-31" })).toEqual(["/body/to"]);
    expect(await pointers({ from: "2026-01-01", to: "2026-12-31" })).toEqual(["/body/to"]);
    expect((await ask(period)).body).toMatchObject({ leads: 0, decisions: [] });
  });
});
