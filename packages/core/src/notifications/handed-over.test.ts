import type { Deactivation } from "@shangji/contracts/people/schemas";
import { sampleDeactivation } from "@shangji/contracts/samples/records";
import { expect, test } from "vitest";
import type { HandOverProgress } from "../people/ports.ts";
import { handedOver } from "./handed-over.ts";

const moved = { account: 3, contact: 0, opportunity: 4, lead: 100, team: 1 };
const handOverTo = { account: "usr_a", contact: "usr_c", opportunity: "usr_a", lead: "usr_b", team: "usr_a" };
const boss = "usr_boss";

const told = async (
  type: string,
  data: Partial<Deactivation> = {},
  progress: Partial<HandOverProgress> | null = { moved },
) => {
  const deactivations = { progressOf: async () => (progress ? (progress as HandOverProgress) : undefined) };
  const event = { type, occurredAt: "2026-11-09T04:30:00.000Z", actor: { id: boss } };
  const tellings = await handedOver(
    { ...event, data: { ...sampleDeactivation, handOverTo, ...data } },
    { deactivations },
  );
  return tellings.map(({ kind, recipientId, counts }) => [kind, recipientId, counts?.count]);
};

test("D4 each successor is told once of all that they got, whoever ordered it that it is over, and who got nothing nothing", async () => {
  expect(await told("user.handed_over.v1", { status: "completed" })).toEqual([
    ["records_handed_over", "usr_a", 8],
    ["records_handed_over", "usr_b", 100],
    ["hand_over_completed", boss, 108],
  ]);
});

test("D4 of a hand-over that has stopped, what was handed over is told all the same", async () => {
  expect(await told("user.hand_over_stopped.v1", { status: "failed" })).toEqual([
    ["records_handed_over", "usr_a", 8],
    ["records_handed_over", "usr_b", 100],
    ["hand_over_failed", boss, 108],
  ]);
  expect(await told("user.hand_over_stopped.v1", { status: "failed" }, null)).toEqual([["hand_over_failed", boss, 0]]);
  // Whoever has ordered it anew, or has let the person in again, knows.
  expect(await told("user.hand_over_stopped.v1", { status: "superseded" })).toHaveLength(2);
});

test("D4 whoever has ordered it for themselves is told that it is over, and what only begins to nobody", async () => {
  const toBoss = { account: boss, contact: null, opportunity: null, lead: null, team: null };
  expect(await told("user.handed_over.v1", { status: "completed", handOverTo: toBoss })).toEqual([
    ["hand_over_completed", boss, 3],
  ]);
  expect(await told("user.deactivated.v1")).toEqual([]);
  expect(await told("user.updated.v1", { status: "completed" })).toEqual([]);
});
