import { type CountdownKind, countdownKinds } from "@shangji/contracts/recycling/countdown";
import { sampleRecycling } from "@shangji/contracts/samples/records";
import { expect, test } from "vitest";
import { recyclingEvents } from "./recycling-events.ts";

const change = {
  actorId: "system",
  at: "2026-11-19T02:10:00.000Z",
  command: "x",
  source: "system",
  requestId: "r",
} as const;
const row = (fields: object) => ({ ...sampleRecycling, change, ...fields });
const eventsOf = (kind: CountdownKind) => (before: object | undefined, after: object) =>
  recyclingEvents({ kind, before: before && row(before), after: row(after) }, kind);

test.each(["lead", "account"] as const)(
  "B6 %s: a warning is told once it is noted as given, and the end once it has come; nothing else is",
  (entity) => {
    const events = eventsOf(countdownKinds[entity]);
    const given = { done: { "2026/3": "x" } };
    const recycled = { state: "recycled", done: { "2026/3": "x", "2026/recycle": "y" } };
    expect(events(undefined, { done: {} })).toEqual([]);
    expect(events({ done: {} }, given)).toEqual([`${entity}.recycle_warned.v1`]);
    expect(events(given, given)).toEqual([]);
    expect(events(given, { done: {} })).toEqual([]);
    expect(events(given, recycled)).toEqual([`${entity}.recycled.v1`]);
    expect(events(recycled, recycled)).toEqual([]);
    expect(events(recycled, { done: {} })).toEqual([]);
  },
);
