import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { clientOf, eventually, raw } from "./api.ts";
import { type SignedIn, signedIn } from "./sign-in.ts";
import { nowOf, onceShown, toldTo, until } from "./timers.ts";

const admin = clientOf("admin");
const source = `recycling-${randomUUID().slice(0, 8)}`;
const day = 86_400_000;

let first: SignedIn;
let second: SignedIn;
let poolId: string;

const rule = (fields: object = {}) => ({
  id: "ours",
  when: { field: "source", eq: source },
  after: {
    any: [
      { since: "touch", days: 10 },
      { since: "assignment", days: 60 },
    ],
  },
  ...{ protectDays: 2, warnDays: [3, 1], poolId },
  ...fields,
});

async function put(rules: object[], token?: string) {
  const { version } = await admin.call("getRecyclingRules", { query: {} });
  const by = token ? { token } : { role: "admin" as const };
  const headers = { "if-match": `"${version}"` };
  return raw("/v1/recycling-rules", { method: "PUT", ...by, body: { rules }, headers });
}

beforeAll(async () => {
  const team = await admin.call("createTeam", { body: { name: "Following up" } });
  first = await signedIn("rep", team.id);
  second = await signedIn("rep", team.id);
  // Functions that know all teams, people or pools look for new ones after half a minute.
  await until((await nowOf()) + 31_000);
  const pool = await admin.call("createPool", {
    body: { name: { en: "Left alone" }, memberTeamIds: [team.id], waitDaysForPreviousOwner: 3 },
  });
  poolId = pool.id;
  await until((await nowOf()) + 31_000);
  expect((await put([rule()])).status).toBe(200);
  await until((await nowOf()) + 31_000);
}, 300_000);

afterAll(async () => {
  await put([]);
  await until((await nowOf()) + 31_000);
});

const recyclingOf = async (id: string) => (await admin.call("getLeadRecycling", { path: { id } })).recycling;
type Shown = NonNullable<Awaited<ReturnType<typeof recyclingOf>>>;

const countdownOf = (id: string, satisfies?: (shown: Shown) => boolean) => onceShown(() => recyclingOf(id), satisfies);

const leadOf = (id: string) => admin.call("getLead", { path: { id } });
const claim = async (person: SignedIn, id: string) => {
  const token = await person.freshToken();
  const { body } = await raw(`/v1/pools/${poolId}/claims`, { token, body: { leadIds: [id] } });
  return (body.results as { status: number; problem?: { code: string; failures?: { rule: string }[] } }[])[0];
};

describe("B6 recycling rules", () => {
  test("are put by admins alone, and refused where they name what is not there or say nothing", async () => {
    const { version } = await admin.call("getRecyclingRules", { query: {} });
    const token = await first.freshToken();
    expect((await put([rule()], token)).status).toBe(403);
    const unknown = await put([rule({ poolId: "pool_01JD7Z3Q5V9W0X2Y4Z6A8B0C1D" })]);
    expect([unknown.status, unknown.body.code, unknown.body.errors]).toEqual([
      422,
      "unknown_reference",
      [{ pointer: "/body/rules/0/poolId", message: "refers to a record that does not exist" }],
    ]);
    const term = { since: "touch", days: 1 };
    const deep = { all: [{ all: [{ all: [{ all: [term] }] }] }] };
    const faults = [{}, { any: [] }, { since: "touch" }, { ...term, any: [term] }, { since: "moon", days: 1 }, deep];
    for (const after of faults) {
      const refused = await put([rule({ after })]);
      expect([after, refused.status, refused.body.code]).toEqual([after, 422, "invalid_request"]);
    }
    const hidden = await put([rule({ when: { field: "nothing", eq: "x" } })]);
    expect([hidden.status, hidden.body.code]).toEqual([422, "invalid_request"]);
    expect((await raw("/v1/recycling-rules", { token })).body).toMatchObject({ version, rules: [{ id: "ours" }] });
  });

  test("that change move the end of leads that somebody has", async () => {
    const { id } = await admin.call("createLead", { body: { name: "Moving", source, ownerId: second.id } });
    const { recycleAt = "", ownedSince } = await countdownOf(id);
    expect(Date.parse(recycleAt) - Date.parse(ownedSince)).toBe(10 * day);
    const isAt = (days: number) => {
      const ask = async () => {
        // Leads are planned anew once what was remembered of the old rules is forgotten.
        await raw("/_local/clock", { body: { advance: "PT1S" } });
        return recyclingOf(id);
      };
      const at = new Date(Date.parse(ownedSince) + days * day).toISOString();
      return eventually(ask, (shown) => shown?.recycleAt === at, 90);
    };
    await put([rule({ after: { since: "touch", days: 20 } })]);
    await isAt(20);
    await put([rule()]);
    await isAt(10);
    // Nothing of it is to come into the next test.
    await raw(`/v1/leads/${id}/transitions`, { role: "admin", body: { to: "disqualified", reason: "test" } });
    await countdownOf(id, ({ state }) => state === "ended");
  }, 300_000);
});

describe("B6 a lead that its owner leaves alone", () => {
  test("is counted from the last call and from no remark, warned of twice, in the pool on the day, and somebody else's then", async () => {
    const { id } = await admin.call("createLead", { body: { name: "陈静", source, ownerId: first.id } });
    const begun = await countdownOf(id);
    expect(begun).toMatchObject({ state: "running", ownerId: first.id, poolId, ruleId: "ours" });
    expect(begun.because).toEqual({ since: "touch", days: 10, from: begun.ownedSince });
    // What is still under way would be a day old, and given up, after the jump.
    await toldTo(first, "lead_assigned", id);
    await until(Date.parse(begun.ownedSince) + day);
    const happenedAt = new Date(Date.parse(begun.ownedSince) + day - 3_600_000).toISOString();
    const call = { text: "已致电", channel: "call", outcome: "left_message", happenedAt };
    for (const body of [call, { text: "下周再致电" }])
      expect((await raw(`/v1/records/${id}/notes`, { token: await first.freshToken(), body })).status).toBe(201);
    const noted = await countdownOf(id, ({ touchedAt }) => touchedAt !== undefined);
    expect(noted.touchedAt).toBe(happenedAt);
    const end = Date.parse(happenedAt) + 10 * day;
    expect([noted.recycleAt, noted.next]).toEqual([
      new Date(end).toISOString(),
      { step: "warn", at: new Date(end - 3 * day).toISOString() },
    ]);
    await until(end - 3 * day);
    const [warning] = await toldTo(first, "lead_recycle_due", id);
    expect(warning).toMatchObject({ title: "3天后回收：陈静" });
    expect(await countdownOf(id, ({ warned }) => warned?.daysAhead === 3)).toMatchObject({
      recycleAt: noted.recycleAt,
    });
    await until(end - day);
    expect(await toldTo(first, "lead_recycle_due", id, 2)).toHaveLength(2);
    expect(await leadOf(id)).toMatchObject({ ownerId: first.id, version: 1 });
    await until(end);
    const lead = await eventually(
      () => leadOf(id),
      ({ status }) => status === "pooled",
      90,
    );
    expect(lead).toMatchObject({ version: 2, pool: { poolId, previousOwnerId: first.id, reason: "recycled" } });
    const late = Date.parse(lead.pool?.at ?? "") - end;
    expect([late >= 0, late <= 60_000]).toEqual([true, true]);
    expect(await countdownOf(id)).toMatchObject({ state: "recycled", ownerId: first.id, ruleId: "ours" });
    // Who had it is told, with the name that they know, though they see it no more.
    const [told] = await toldTo(first, "lead_recycled", id);
    expect(told).toMatchObject({ title: "已回收：陈静" });
    const { items: timeline } = await admin.call("getTimeline", { path: { id }, query: {} });
    expect(timeline.find(({ kind }) => kind === "status_changed")).toMatchObject({
      actorId: "system",
      details: { from: "assigned", to: "pooled", reason: "recycled" },
    });
    const { items: history } = await admin.call("getLeadHistory", { path: { id }, query: {} });
    expect(history[0]).toMatchObject({ actorId: "system", command: "recycleLead", reason: "recycled" });
    const waiting = await eventually(
      async () => raw(`/v1/pools/${poolId}/leads`, { token: await second.freshToken() }),
      ({ text }) => text.includes(id),
    );
    expect(waiting.body.items).toMatchObject([{ id, pool: { reason: "recycled" } }]);
    expect(await claim(first, id)).toMatchObject({
      status: 409,
      problem: { code: "claim_refused", failures: [{ rule: "previous_owner" }] },
    });
    expect(await claim(second, id)).toMatchObject({ status: 200 });
    expect(await countdownOf(id, ({ state }) => state === "running")).toMatchObject({ ownerId: second.id });
  }, 600_000);
});
