import { sampleRecycling as countdown, sampleAccount, sampleLead } from "@shangji/contracts/samples/records";
import { testViewer } from "@shangji/testing/world";
import { expect, test } from "vitest";
import { mayKnow } from "./may-know.ts";
import { recycling } from "./recycling.ts";

const at = "2026-11-19T02:10:00.000Z";
const told = (type: string, data: Parameters<typeof recycling>[0]["data"] = countdown) =>
  recycling({ type, occurredAt: at, actor: { id: "system" }, data });

test("B6 who has a lead or an account is warned, and who has lost it is told, though they have it no more", () => {
  const common = {
    subject: { entity: "lead", id: countdown.id },
    recipientId: countdown.ownerId,
    actorId: "system",
    at,
  };
  expect(told("lead.recycle_warned.v1", { ...countdown, warned: { daysAhead: 3, at } })).toEqual({
    ...common,
    kind: "lead_recycle_due",
    ownerOnly: true,
    daysAhead: 3,
  });
  expect(told("lead.recycled.v1")).toEqual({ ...common, kind: "lead_recycled", ownerOnly: false });
  const account = { ...countdown, id: sampleAccount.id };
  const ofAccount = { ...common, subject: { entity: "account", id: account.id } };
  expect(told("account.recycle_warned.v1", { ...account, warned: { daysAhead: 7, at } })).toEqual({
    ...ofAccount,
    ...{ kind: "account_recycle_due", ownerOnly: true, daysAhead: 7 },
  });
  expect(told("account.recycled.v1", account)).toEqual({ ...ofAccount, kind: "account_recycled", ownerOnly: false });
  expect(told("lead.updated.v1")).toBeUndefined();
  expect(told("account.updated.v1", account)).toBeUndefined();
  expect(told("lead.recycled.v1", { id: countdown.id })).toBeUndefined();
});

test("B6 who had a lead last knows its name while it waits, and nobody else who may not read it does", () => {
  const [had, other] = [testViewer({ userId: "usr_1", role: "rep" }), testViewer({ userId: "usr_2", role: "rep" })];
  const { ownerId: _, teamId: __, ...nobodys } = sampleLead;
  const pooled = { ...nobodys, pool: { previousOwnerId: "usr_1" } };
  expect([mayKnow(had, "lead", pooled), mayKnow(other, "lead", pooled)]).toEqual([true, false]);
  const claimed = { ...nobodys, ownerId: "usr_2" };
  expect([mayKnow(had, "lead", claimed), mayKnow(other, "lead", claimed)]).toEqual([false, true]);
});
