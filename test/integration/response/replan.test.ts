import { leadsIn } from "@shangji/aws/dynamo/leads/leads";
import { replanProgressesIn } from "@shangji/aws/dynamo/timers/replan-progress";
import { replanClocks } from "@shangji/core/assignment/response/replan-clocks";
import { revise } from "@shangji/core/kit/revise";
import { type DynamoDb, startDynamoDb } from "@shangji/testing/dynamodb";
import { afterAll, beforeAll, expect, test } from "vitest";
import { remarked } from "../timers/said.ts";
import { friday, type ResponseWorld, responseProcess, responseWorld, short } from "./world.ts";

let db: DynamoDb;
beforeAll(async () => {
  db = await startDynamoDb();
});
afterAll(() => db.stop());

/** As the state machine does it, by a process of its own; answers how many clocks have moved. */
async function replan(it: ResponseWorld, id: string, cause: string): Promise<number> {
  const deps = {
    ...responseProcess(it.table, it.clock),
    leads: leadsIn(it.table),
    progresses: replanProgressesIn(it.table, it.clock),
    context: { ...it.context, requestId: cause },
  };
  let records = 0;
  for (;;) {
    const chunk = await replanClocks({ id }, deps);
    records += chunk.records;
    if (chunk.done) return records;
    it.clock.advance((chunk.waitSeconds ?? 0) * 1000);
  }
}

const all = { id: "all", respondWithinMinutes: 240 };

test("B4 open clocks follow other policies, more than a page of them, once, and what is overdue by them is due", async () => {
  const it = await responseWorld(await db.createTable(), 1);
  await it.policies([all]);
  it.until(friday);
  const ownerId = it.userIds[0] ?? "";
  const leads = await Promise.all(
    Array.from({ length: 230 }, async () => {
      const lead = await it.addLead({ ownerId });
      await it.given(lead);
      return lead;
    }),
  );
  const [answered, ...open] = leads;
  await it.note(answered?.id ?? "");
  await it.moved(answered?.id ?? "");
  const kept = await it.clockOf(answered?.id ?? "");
  await it.policies([{ ...all, respondWithinMinutes: 5 }]);
  it.until("2026-11-06T09:50:00.000Z");
  expect(await replan(it, "response-policies", "evt_1")).toBe(229);
  const version = open.map(({ version }) => version);
  for (const { id } of open) {
    expect(await it.clockOf(id)).toMatchObject({ respondBy: "2026-11-06T09:35:00.000Z", next: { step: "escalate" } });
  }
  expect(await it.clockOf(answered?.id ?? "")).toEqual(kept);
  expect([await replan(it, "response-policies", "evt_1"), await replan(it, "response-policies", "evt_2")]).toEqual([
    0, 0,
  ]);
  expect(await it.sweep()).toEqual({ escalated: 229 });
  for (const { id } of open) expect(short(it.eventsOf(id))).toEqual(["breached", "escalated"]);
  expect((await Promise.all(open.map(({ id }) => it.leadOf(id)))).map((lead) => lead?.version)).toEqual(version);
});

test("B4 clocks of whom is on leave move on, and nobody else's; those without a policy end", async () => {
  const it = await responseWorld(await db.createTable(), 2);
  await it.policies([all]);
  it.until(friday);
  const [away = "", there = ""] = it.userIds;
  const [own, other] = [await it.addLead({ ownerId: away }), await it.addLead({ ownerId: there })];
  for (const lead of [own, other]) await it.given(lead);
  const before = await it.clockOf(other.id);
  const user = await it.users.get(away);
  if (!user) throw new Error("the user is there");
  const leave = [{ from: "2026-11-09", until: "2026-11-10" }];
  await it.users.update(user, revise(user, { leave }, { context: it.context, command: "test" }));
  expect(await replan(it, away, "evt_1")).toBe(1);
  expect(await it.clockOf(own.id)).toMatchObject({ respondBy: "2026-11-11T04:30:00.000Z" });
  expect(await it.clockOf(other.id)).toEqual(before);
  await it.policies([]);
  expect(await replan(it, "response-policies", "evt_2")).toBe(2);
  for (const { id } of [own, other]) expect(await it.clockOf(id)).toMatchObject({ state: "ended" });
});

test("B4 leads that no policy named get a clock by a later one, from the change on, unless they have been answered", async () => {
  const it = await responseWorld(await db.createTable(), 30);
  it.until(friday);
  const [first = ""] = it.userIds;
  const many = await Promise.all(Array.from({ length: 120 }, () => it.addLead({ ownerId: first })));
  const others = await Promise.all(it.userIds.slice(1).map((ownerId) => it.addLead({ ownerId })));
  const [touched, ...quiet] = many;
  const other = await it.addLead({ ownerId: first, region: "华北" });
  const working = await it.change(await it.addLead({ ownerId: first }), { status: "working" });
  for (const { id } of [...many, ...others]) expect(await it.clockOf(id)).toBeUndefined();
  await it.note(touched?.id ?? "");
  await it.note(quiet[0]?.id ?? "", first, remarked);
  const policy = { id: "late", when: { not: { field: "region", eq: "华北" } }, respondWithinMinutes: 10 };
  await it.policies([policy]);
  expect(await replan(it, "organization-calendar", "evt_0")).toBe(0);
  it.until("2026-11-09T02:00:00.000Z");
  expect(await replan(it, "response-policies", "evt_1")).toBe(quiet.length + others.length);
  for (const { id, ownerId, version } of [...quiet, ...others]) {
    const clock = await it.clockOf(id);
    expect(clock).toMatchObject({
      state: "running",
      ownerId,
      leadVersion: version,
      respondBy: "2026-11-09T02:10:31.000Z",
    });
  }
  for (const id of [touched?.id, other.id, working.id]) expect(await it.clockOf(id ?? "")).toBeUndefined();
  expect(await replan(it, "response-policies", "evt_2")).toBe(0);
  // The event of the assignment may come late, and begins nothing anew.
  const [late] = others;
  if (late) expect(await it.given(late)).toBe("unchanged");
});
