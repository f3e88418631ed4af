import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { clientOf, eventually, raw } from "./api.ts";
import { type SignedIn, signedIn } from "./sign-in.ts";
import { nowOf, toldTo, until } from "./timers.ts";

const admin = clientOf("admin");
const always = { workingHours: false };
const source = `response-${randomUUID().slice(0, 8)}`;
const company = `Werk ${source}`;
const hour = 3_600_000;
const day = 24 * hour;

async function put(path: string, version: number, body: object, token?: string) {
  const by = token ? { token } : { role: "admin" as const };
  return raw(path, { method: "PUT", ...by, body, headers: { "if-match": `"${version}"` } });
}

async function putRules(rules: object[]) {
  const { version } = await admin.call("getAssignmentRules", {});
  expect((await put("/v1/assignment-rules", version, { rules, guards: always })).status).toBe(200);
}

async function putPolicies(policies: object[]) {
  const { version } = await admin.call("getResponsePolicies", {});
  const { status, body } = await put("/v1/response-policies", version, { policies });
  expect([status, body.version]).toEqual([200, version + 1]);
}

const date = (instant: number) => new Date(instant).toISOString().slice(0, 10);

let first: SignedIn;
let second: SignedIn;
let manager: SignedIn;
let poolId: string;
/** Ten o'clock UTC of a Friday to come: six in the evening in Shanghai, the end of the week's work. */
let fridayEvening: number;
let calendar: Awaited<ReturnType<typeof calendarNow>>;
const calendarNow = () => admin.call("getCalendar", {});

/** The organisation's calendar as it is, but for these days. */
async function putDays(days: object) {
  const { version, createdAt: _, updatedAt: __, ...own } = await calendarNow();
  expect((await put("/v1/organization/calendar", version, { ...own, ...days })).status).toBe(200);
}

const policy = () => ({
  id: "ours",
  when: { field: "source", eq: source },
  ...{ respondWithinMinutes: 240, remindBeforeMinutes: [60], reassignments: 1, poolAfterMinutes: 60, poolId },
});

beforeAll(async () => {
  manager = await signedIn("manager");
  const team = await admin.call("createTeam", { body: { name: "Answering", managerId: manager.id } });
  first = await signedIn("rep", team.id);
  second = await signedIn("rep", team.id);
  // Functions that know all teams, people or pools look for new ones after half a minute.
  await until((await nowOf()) + 31_000);
  const pool = await admin.call("createPool", { body: { name: { en: "Unanswered" }, memberTeamIds: [team.id] } });
  poolId = pool.id;
  await until((await nowOf()) + 31_000);
  calendar = await calendarNow();
  const now = await nowOf();
  const daysToFriday = (5 - new Date(now).getUTCDay() + 7) % 7;
  const today = now - (now % day);
  fridayEvening = today + daysToFriday * day + 10 * hour;
  if (fridayEvening - hour < now) fridayEvening += 7 * day;
  // The Monday is a holiday, and the Sunday before it is worked in its place.
  await putDays({
    zone: "Asia/Shanghai",
    holidays: [{ from: date(fridayEvening + 3 * day), until: date(fridayEvening + 3 * day) }],
    makeUpDays: [{ date: date(fridayEvening + 2 * day), hoursOf: "monday" }],
  });
  const among = { userIds: [first.id, second.id] };
  const when = { field: "source", eq: source };
  await admin.call("createAccount", { body: { name: `${company} Ltd.`, ownerId: second.id } });
  await putRules([
    { id: "owner", when, target: { kind: "account_owner" } },
    { id: "ours", when, target: { kind: "round_robin", among } },
  ]);
  await putPolicies([policy()]);
  await until(fridayEvening - 30 * 60_000);
}, 300_000);

afterAll(async () => {
  await putPolicies([]);
  await putRules([]);
  await putDays({ zone: calendar.zone, holidays: calendar.holidays, makeUpDays: calendar.makeUpDays });
  await until((await nowOf()) + 31_000);
});

const responseOf = async (id: string) => (await admin.call("getLeadResponse", { path: { id } })).clock;
type Shown = NonNullable<Awaited<ReturnType<typeof responseOf>>>;

/** The clock once it is as is asked for. */
async function clockOf(id: string, satisfies: (clock: Shown) => boolean = () => true): Promise<Shown> {
  const clock = await eventually(
    () => responseOf(id),
    (found) => found !== undefined && satisfies(found),
    90,
  );
  if (!clock) throw new Error("it was waited for");
  return clock;
}

/** Of a company whose account somebody else has. */
const givenLead = (name: string) => admin.call("createLead", { body: { name, source, company, ownerId: first.id } });

describe("B4 response policies", () => {
  test("are put by admins alone, and refused where they name what is not there", async () => {
    const { version } = await admin.call("getResponsePolicies", {});
    const body = { policies: [{ ...policy(), poolId: "pool_01JD7Z3Q5V9W0X2Y4Z6A8B0C1D" }] };
    const token = await first.freshToken();
    expect((await put("/v1/response-policies", version, body, token)).status).toBe(403);
    const unknown = await put("/v1/response-policies", version, body);
    expect([unknown.status, unknown.body.code, unknown.body.errors]).toEqual([
      422,
      "unknown_reference",
      [{ pointer: "/body/policies/0/poolId", message: "refers to a record that does not exist" }],
    ]);
    expect((await raw("/v1/response-policies", { token })).body).toMatchObject({ version, policies: [{ id: "ours" }] });
  });
});

describe("B4 the response clock", () => {
  test("is stopped by the first call of the owner, or by work on the lead, and by no remark", async () => {
    const [noted, moved] = [await givenLead("Noted"), await givenLead("Moved")];
    expect(await clockOf(noted.id)).toMatchObject({ state: "running", ownerId: first.id, policyId: "ours" });
    const token = await first.freshToken();
    const write = (body: object) => raw(`/v1/records/${noted.id}/notes`, { token, body });
    expect((await write({ text: "周一致电" })).status).toBe(201);
    const call = await write({ text: "已致电", channel: "call", outcome: "reached" });
    expect(call.status).toBe(201);
    await raw(`/v1/leads/${moved.id}/transitions`, { token, body: { to: "working" } });
    for (const { id } of [noted, moved]) {
      const clock = await clockOf(id, ({ state }) => state !== "running");
      expect(clock.state).toBe("met");
      expect(clock.next).toBeUndefined();
    }
    expect((await clockOf(noted.id)).answeredAt).toBe(call.body.createdAt);
  });

  test("moves with its policy, and with the leave of its owner", async () => {
    const { id } = await admin.call("createLead", { body: { name: "Moving", source, ownerId: second.id } });
    const { respondBy = "", assignedAt } = await clockOf(id);
    const isAt = async (respondAt: string) => {
      const ask = async () => {
        // Clocks are looked at once what was remembered of the old rules is forgotten.
        await raw("/_local/clock", { body: { advance: "PT1S" } });
        return responseOf(id);
      };
      await eventually(ask, (clock) => clock?.respondBy === respondAt, 90);
    };
    await putPolicies([{ ...policy(), respondWithinMinutes: 180 }]);
    await isAt(new Date(Date.parse(respondBy) - hour).toISOString());
    const change = async (leave: { from: string; until: string }[] | null) => {
      const { version } = await admin.call("getUser", { path: { id: second.id } });
      await admin.call("updateUser", { path: { id: second.id }, ifMatch: version, body: { leave } });
    };
    const sunday = date(fridayEvening + 2 * day);
    await change([{ from: sunday, until: sunday }]);
    const left = Date.parse(assignedAt) + 3 * hour - fridayEvening;
    // Sunday is off, Monday a holiday: Tuesday from nine in the morning in Shanghai.
    await isAt(new Date(fridayEvening + 87 * hour + left).toISOString());
    await change(null);
    await putPolicies([policy()]);
    await isAt(respondBy);
  }, 300_000);

  test("of a lead of Friday evening runs over a holiday and a make-up day: reminded, reassigned, escalated, pooled", async () => {
    const { id } = await givenLead("陈静");
    const { respondBy = "", remindAt = "", assignedAt } = await clockOf(id);
    // What is left of Friday, and the rest on the Sunday, from nine in the morning in Shanghai.
    const due = fridayEvening + 39 * hour + (Date.parse(assignedAt) + 4 * hour - fridayEvening);
    expect([respondBy, remindAt]).toEqual([new Date(due).toISOString(), new Date(due - hour).toISOString()]);
    // What is still under way would be a day old, and given up, after the jump.
    await toldTo(first, "lead_assigned", id);
    await until(due - hour);
    expect(await clockOf(id, ({ next }) => next?.step === "reassign")).toMatchObject({
      reassignments: 0,
      next: { at: respondBy },
    });
    const [reminder] = await toldTo(first, "lead_response_due", id);
    expect(reminder).toMatchObject({ title: "即将超时：陈静", subject: { id } });
    await until(due);
    const reassigned = await clockOf(id, ({ reassignments }) => reassignments === 1);
    const [missed] = reassigned.holders;
    expect(reassigned.holders.map(({ userId }) => userId)).toEqual([first.id, second.id]);
    const late = Date.parse(missed?.missedAt ?? "") - due;
    expect([late >= 0, late <= 60_000]).toEqual([true, true]);
    expect(await admin.call("getLead", { path: { id } })).toMatchObject({ ownerId: second.id, status: "assigned" });
    await toldTo(second, "lead_assigned", id);
    const untilStep = async (step: string) => {
      const { next } = await clockOf(id, (clock) => clock.next?.step === step);
      await until(Date.parse(next?.at ?? ""));
    };
    await untilStep("remind");
    await untilStep("escalate");
    // Before it is pooled, as a manager does not see what is nobody's.
    const [escalation] = await toldTo(manager, "lead_response_escalated", id);
    expect(escalation).toMatchObject({ title: "线索无人响应：陈静", subject: { id } });
    await untilStep("pool");
    const lead = await eventually(
      () => admin.call("getLead", { path: { id } }),
      ({ status }) => status === "pooled",
      90,
    );
    expect(lead).toMatchObject({ pool: { poolId, previousOwnerId: second.id }, version: 3 });
    expect(await clockOf(id)).toMatchObject({ state: "ended", escalatedTo: manager.id });
  }, 600_000);
});
