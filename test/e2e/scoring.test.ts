import { randomUUID } from "node:crypto";
import { defaultRules } from "@shangji/core/access/default-policy";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { makeKey } from "../attack/make-key.ts";
import { clientOf, eventually, raw } from "./api.ts";
import { type SignedIn, signedIn } from "./sign-in.ts";

const admin = clientOf("admin");
/** Seconds. Functions behind events wait while requests are under way, and start slowly on a busy machine. */
const patience = 60;
const mark = () => randomUUID().slice(0, 8);
const pass = (advance: string) => raw("/_local/clock", { body: { advance } });
const localNow = async () => String((await pass("PT0S")).body.now);

let rep: SignedIn;
let secret: string;
beforeAll(async () => {
  const team = await admin.call("createTeam", { body: { name: "Scored" } });
  rep = await signedIn("rep", team.id);
  ({ secret } = await makeKey({ scopes: ["lead:read", "lead:write"], lifeSeconds: 30 * 86_400 }));
  await pass("PT31S");
});
// Leads of other suites are worth nothing.
afterAll(() => putRules([]));

const ifMatch = (version: number) => ({ "if-match": `"${version}"` });

/** Puts rules, and waits until all leads are scored by them. */
async function putRules(groups: object[], meanwhile = async () => {}): Promise<number> {
  const { version } = await admin.call("getScoringRules", {});
  const body = { name: { en: "Leads" }, groups };
  const answer = await raw("/v1/scoring-rules", { method: "PUT", role: "admin", body, headers: ifMatch(version) });
  expect([answer.status, answer.body.version]).toEqual([200, version + 1]);
  await meanwhile();
  await pass("PT31S");
  const askLater = async () => {
    await pass("PT1S");
    return admin.call("getScoringProgress", {});
  };
  const isDone = ({ rulesVersion, state }: Awaited<ReturnType<typeof askLater>>) =>
    rulesVersion === version + 1 && state === "completed";
  await eventually(askLater, isDone, patience);
  return version + 1;
}

/** Fit for leads of a source and of a region, engagement that is halved in 2 hours and 24 minutes. */
const groupsFor = (source: string, points: { source?: number; page?: number } = {}) => [
  {
    kind: "fit",
    id: "fit",
    name: { en: "Fit" },
    rules: [
      { id: "source", when: { field: "source", eq: source }, points: points.source ?? 20 },
      { id: "north", when: { field: "region", eq: "North" }, points: 5 },
    ],
  },
  {
    kind: "engagement",
    id: "web",
    name: { en: "Web" },
    rules: [
      {
        id: "pricing",
        eventType: "page_viewed",
        when: { field: "path", startsWith: "/pricing" },
        points: points.page ?? 8,
        halfLifeDays: 0.1,
      },
    ],
  },
];

const scoreOf = async (id: string) => (await admin.call("getLeadScore", { path: { id } })).score;
const scoredAs = (id: string, total: number) =>
  eventually(
    () => scoreOf(id),
    (score) => score?.total === total,
    patience,
  );

describe("B2 scoring rules", () => {
  test("are put by admins as one set, and faults of all conditions are told at once", async () => {
    const { version } = await admin.call("getScoringRules", {});
    const send = (body: object, by: { role: "admin" } | { token: string } = { role: "admin" }) =>
      raw("/v1/scoring-rules", { method: "PUT", ...by, body, headers: ifMatch(version) });
    const groups = groupsFor(mark());
    expect((await send({ name: { en: "Leads" }, groups }, { token: rep.token })).status).toBe(403);
    const [fit, web] = groupsFor(mark());
    const faulty = [
      { ...fit, rules: [{ id: "a", when: { field: "amountMinor", gt: 1 }, points: 1 }] },
      { ...web, rules: [{ id: "b", eventType: "x", when: { field: "region", eq: "North" }, points: 1 }] },
    ];
    const wrong = await send({ name: { en: "Leads" }, groups: faulty });
    expect([wrong.status, wrong.body.code, wrong.body.errors]).toEqual([
      422,
      "invalid_request",
      [
        { pointer: "/body/groups/0/rules/0/when/field", message: "is not a known field" },
        { pointer: "/body/groups/1/rules/0/when/field", message: "is not a known field" },
      ],
    ]);
    const taken = await send({ name: { en: "Leads" }, groups });
    expect([taken.status, taken.body.version]).toEqual([200, version + 1]);
    expect((await raw("/v1/scoring-rules", { token: rep.token })).body).toEqual(taken.body);
    expect((await send({ name: { en: "Leads" }, groups })).body.code).toBe("stale_version");
    const trail = await eventually(
      () => admin.call("listAudit", { query: { entity: "organization" } }),
      ({ items }) => items.some(({ recordId }) => recordId === "scoring-rules"),
    );
    expect(trail.items.find(({ recordId }) => recordId === "scoring-rules")).toMatchObject({
      command: "putScoringRules",
      category: "configuration",
    });
  });
});

describe("B2 the score of a lead", () => {
  test("is there for new leads with and without an owner, rises by events, decays by the clock, and follows changes and rules", async () => {
    const source = mark();
    const version = await putRules(groupsFor(source));
    const free = await admin.call("createLead", { body: { name: "陈静", source, email: `${source}@score.test` } });
    const owned = await admin.call("createLead", { body: { name: "李雷", source, ownerId: rep.id } });
    await Promise.all([scoredAs(free.id, 20), scoredAs(owned.id, 20)]);
    expect(await scoreOf(free.id)).toMatchObject({
      fit: 20,
      engagement: 0,
      rulesVersion: version,
      parts: [{ reason: "fit", ruleId: "source", group: "fit", points: 20 }],
    });

    const at = await localNow();
    const ago = (days: number) => new Date(Date.parse(at) - days * 86_400_000).toISOString();
    const view = { source: "site", type: "page_viewed", occurredAt: at, data: { path: "/pricing/cn" } };
    const events = [
      { ...view, id: `${source}-1`, leadId: free.id },
      { ...view, id: `${source}-1`, leadId: free.id },
      { ...view, id: `${source}-2`, email: `${source}@SCORE.test`, data: { path: "/blog" } },
      { ...view, id: `${source}-3`, leadId: "lead_01JD7Z3Q5V9W0X2Y4Z6A8B0C1D" },
      { ...view, id: `${source}-4`, leadId: free.id, occurredAt: ago(-1) },
      { ...view, id: `${source}-5`, leadId: free.id, occurredAt: ago(91) },
      { ...view, id: `${source}-6`, leadId: free.id, email: "both@score.test" },
      { ...view, id: `${source}-7`, leadId: free.id, data: { path: "/pricing", cookie: "x" } },
      { ...view, id: `${source}-8\n`, leadId: free.id },
      "DROP TABLE leads",
    ];
    const answer = await raw("/v1/behaviour-events", { token: secret, body: { events } });
    const results = answer.body.results as { status: number; id?: string; problem?: { code: string } }[];
    expect([answer.status, results.map(({ status, problem }) => problem?.code ?? status)]).toEqual([
      200,
      [
        ...[201, 200, 201, "not_found", "event_out_of_time", "event_out_of_time"],
        ...["invalid_request", "invalid_request", "invalid_request", "invalid_request"],
      ],
    ]);
    expect(results[2]?.id).toBe(free.id);
    expect((await raw("/v1/behaviour-events", { token: secret, body: { events } })).body.results).toMatchObject([
      { status: 200 },
      { status: 200 },
      { status: 200 },
      ...results.slice(3).map(({ status }) => ({ status })),
    ]);
    expect(await scoreOf(free.id)).toMatchObject({ total: 28, engagement: 8 });
    await pass("PT2H24M");
    expect(await scoreOf(free.id)).toMatchObject({ total: 24, engagement: 4 });

    const { version: leadVersion } = await admin.call("getLead", { path: { id: owned.id } });
    await admin.call("updateLead", { path: { id: owned.id }, ifMatch: leadVersion, body: { region: "North" } });
    await scoredAs(owned.id, 25);

    // An event that comes before the lead's turn is counted by the new rules, too.
    const next = await putRules(groupsFor(source, { source: 40, page: 16 }), async () => {
      const event = { ...view, id: `${source}-9`, leadId: owned.id, occurredAt: await localNow() };
      const { body } = await raw("/v1/behaviour-events", { token: secret, body: { events: [event] } });
      expect(body.results).toMatchObject([{ status: 201 }]);
    });
    expect(await scoreOf(owned.id)).toMatchObject({ total: 61, rulesVersion: next });
    const { engagement = 0 } = (await scoreOf(free.id)) ?? {};
    // A minute later than the half of sixteen.
    expect([7, 8]).toContain(engagement);
  });

  test("is told to who may read the lead, and events are taken of who may change it", async () => {
    const source = mark();
    await putRules(groupsFor(source));
    const own = await admin.call("createLead", { body: { name: "韩梅", source, ownerId: rep.id } });
    const foreign = await admin.call("createLead", { body: { name: "Foreign", source } });
    await scoredAs(own.id, 20);
    const token = await rep.freshToken();
    expect((await raw(`/v1/leads/${own.id}/score`, { token })).body).toMatchObject({ score: { total: 20 } });
    expect((await raw(`/v1/leads/${foreign.id}/score`, { token })).status).toBe(404);
    const occurredAt = await localNow();
    const events = [own, foreign].map(({ id }) => ({
      ...{ source: "mail", id: `${source}-${id}`, leadId: id, type: "page_viewed", occurredAt },
      data: { path: "/pricing" },
    }));
    const { body } = await raw("/v1/behaviour-events", { token, body: { events } });
    expect(body.results).toMatchObject([{ status: 201 }, { status: 404 }]);
    expect((await raw("/v1/behaviour-events", { role: "analyst", body: { events } })).status).toBe(403);
    expect(await scoreOf(own.id)).toMatchObject({ total: 28 });
    expect(await scoreOf(foreign.id)).toMatchObject({ total: 20 });
  });

  test("names no rule over a field that is hidden from its reader, nor is such a rule shown", async () => {
    const source = mark();
    await putRules(groupsFor(source));
    const { id } = await admin.call("createLead", { body: { name: "Sun", source, region: "North", ownerId: rep.id } });
    await scoredAs(id, 25);
    const before = await admin.call("getAccessPolicy", {});
    const putPolicy = (version: number, body: object) =>
      raw("/v1/access/policy", { method: "PUT", role: "admin", body, headers: ifMatch(version) });
    await putPolicy(before.version, { ...defaultRules, fields: { rep: { lead: { source: "hidden" } } } });
    await pass("PT31S");
    const token = await rep.freshToken();
    const score = await raw(`/v1/leads/${id}/score`, { token });
    const rules = await raw("/v1/scoring-rules", { token });
    await putPolicy(before.version + 1, defaultRules);
    await pass("PT31S");
    expect(score.body.score).toMatchObject({
      total: 25,
      parts: [
        { reason: "fit", ruleId: "north", group: "fit", points: 5 },
        { reason: "withheld", group: "fit", points: 20 },
      ],
    });
    expect(score.text).not.toContain('"source"');
    expect(rules.text).toContain('"north"');
    expect(rules.text).not.toContain(source);
  });

  test("is what rules of assignment may go by, for a lead that has just come", async () => {
    const source = mark();
    await putRules(groupsFor(source));
    const { version } = await admin.call("getAssignmentRules", {});
    const target = { kind: "user", userId: rep.id };
    const rules = [
      {
        id: "worthy",
        when: {
          all: [
            { field: "name", startsWith: source },
            { field: "score", gte: 20 },
          ],
        },
        target,
      },
    ];
    const putAssignment = (at: number, body: object) =>
      raw("/v1/assignment-rules", { method: "PUT", role: "admin", body, headers: ifMatch(at) });
    const guards = { workingHours: false };
    expect((await putAssignment(version, { rules, guards })).status).toBe(200);
    await pass("PT31S");
    const [worthy, other] = await Promise.all([
      admin.call("createLead", { body: { name: `${source} A`, source } }),
      admin.call("createLead", { body: { name: `${source} B`, region: "North" } }),
    ]);
    const decisionOn = (id: string) =>
      eventually(
        () => admin.call("getLeadAssignment", { path: { id } }),
        ({ decision }) => decision !== undefined,
      );
    const [given, left] = await Promise.all([decisionOn(worthy.id), decisionOn(other.id)]);
    expect((await putAssignment(version + 1, { rules: [] })).status).toBe(200);
    await pass("PT31S");
    expect(given.decision).toMatchObject({ outcome: "assigned", userId: rep.id, ruleId: "worthy" });
    expect(left.decision).toMatchObject({ outcome: "no_rule" });
  });
});
