import { type DynamoDb, startDynamoDb } from "@shangji/testing/dynamodb";
import { afterAll, beforeAll, expect, test } from "vitest";
import { day, recyclingWorld } from "./world.ts";

let db: DynamoDb;
beforeAll(async () => {
  db = await startDynamoDb();
});
afterAll(() => db.stop());

const afterDays = (days: number) => ({ after: { since: "touch", days } });

test("B6 new rules are for leads that somebody had before, more than a page of them, once, and other leads get nothing", async () => {
  const it = await recyclingWorld(await db.createTable(), 1);
  const ownerId = it.userIds[0] ?? "";
  const nobodys = await it.addLead();
  const leads = [];
  for (let made = 0; made < 130; made++) {
    const lead = await it.addLead({ ownerId });
    await it.happened(lead);
    leads.push(lead);
  }
  await it.rules([afterDays(30)]);
  expect(await it.replan("evt_1")).toBe(130);
  const due = (lead: { createdAt: string }, days: number) =>
    new Date(Date.parse(lead.createdAt) + days * day).toISOString();
  for (const lead of leads)
    expect(await it.countdownOf(lead.id)).toMatchObject({ version: 1, next: { dueAt: due(lead, 30) } });
  expect(await it.countdownOf(nobodys.id)).toBeUndefined();
  expect([await it.replan("evt_1"), await it.replan("evt_2")]).toEqual([0, 0]);
  await it.rules([]);
  expect(await it.replan("evt_3")).toBe(130);
  it.pass(40);
  expect(await it.sweep()).toEqual({});
});

test("B6 what is overdue by new rules is left to the sweep; warnings that were given count for the same end and for no other", async () => {
  const it = await recyclingWorld(await db.createTable(), 1);
  const warned = { ...afterDays(10), warnDays: [3] };
  await it.rules([warned]);
  const lead = await it.claimed();
  it.pass(7.5);
  expect(await it.sweep()).toEqual({ warned: 1 });
  // Another number of days for another end, and back.
  await it.rules([{ ...warned, ...afterDays(20) }]);
  expect(await it.replan("evt_1")).toBe(1);
  expect(await it.countdownOf(lead.id)).not.toHaveProperty("warned");
  await it.rules([warned]);
  expect(await it.replan("evt_2")).toBe(1);
  expect(await it.countdownOf(lead.id)).toMatchObject({ warned: { daysAhead: 3 }, next: { step: "recycle" } });
  expect(await it.sweep()).toEqual({});
  expect(it.eventsOf(lead.id)).toEqual(["recycle_warned"]);
  await it.rules([{ ...afterDays(5), warnDays: [2] }]);
  expect(await it.replan("evt_3")).toBe(1);
  expect((await it.recordOf(lead.id))?.ownerId).toBe(it.userIds[0]);
  expect(await it.sweep()).toEqual({ warned: 1 });
  it.pass(1.9);
  expect(await it.sweep()).toEqual({});
  it.pass(0.2);
  expect(await it.sweep()).toEqual({ recycled: 1 });
  expect(it.eventsOf(lead.id)).toEqual(["recycle_warned", "recycle_warned", "recycled"]);
});
