import { sampleResponseClock as clock } from "@shangji/contracts/samples/records";
import { expect, test } from "vitest";
import { missedDeadline } from "./missed-deadline.ts";

const at = "2026-11-09T04:30:00.000Z";
const told = (type: string, data: object) =>
  missedDeadline({ type, occurredAt: at, actor: { id: "system" }, data: { ...clock, ...data } });
const [holder] = clock.holders;
const passed = [
  { userId: "usr_a", from: at, missedAt: at },
  { userId: "usr_b", from: at },
];

test.each([
  ["lead.response_reminded.v1", {}, "lead_response_due", holder?.userId, true],
  ["lead.response_breached.v1", { holders: passed }, "lead_response_missed", "usr_a", false],
  ["lead.response_escalated.v1", { escalatedTo: "usr_m" }, "lead_response_escalated", "usr_m", false],
] as const)("B4 %s with %j is told as %s to whom it concerns", (type, data, kind, recipientId, ownerOnly) => {
  const subject = { entity: "lead", id: clock.id };
  expect(told(type, data)).toEqual({ kind, subject, recipientId, actorId: "system", at, ownerOnly });
});

test("B4 an escalation to nobody, and other events, are told to nobody", () => {
  expect(told("lead.response_escalated.v1", {})).toBeUndefined();
  expect(told("lead.response_answered.v1", {})).toBeUndefined();
  expect(told("lead.updated.v1", {})).toBeUndefined();
});
