import { expect, test } from "vitest";
import { type FollowedEvent, followed } from "./followed-event.ts";

const event = (type: string, fields: Partial<FollowedEvent> = {}): FollowedEvent => ({
  ...{
    id: "evt_1",
    type,
    occurredAt: "2026-11-06T09:30:00.000Z",
    sequence: 3,
    data: { id: "lead_1", ownerId: "usr_1" },
  },
  ...fields,
});
const assigned = { version: 3, at: "2026-11-06T09:30:00.000Z", ownerId: "usr_1" };

test.each([
  ["is made for", event("lead.created.v1")],
  ["has back", event("lead.restored.v1")],
  ["is given", event("lead.updated.v1", { previous: { ownerId: null } })],
  [
    "has again after its end",
    event("lead.status_changed.v1", {
      data: { id: "lead_1", ownerId: "usr_1", status: "assigned" },
      previous: { status: "disqualified" },
    }),
  ],
])("B4 whoever a lead %s is asked for an answer", (_, told) => {
  expect(followed(told)).toEqual({ recordId: "lead_1", assigned });
});

test.each([
  ["another change", event("lead.updated.v1", { previous: {} })],
  [
    "the beginning of work",
    event("lead.status_changed.v1", {
      data: { id: "lead_1", ownerId: "usr_1", status: "working" },
      previous: { status: "assigned" },
    }),
  ],
  ["a new lead of nobody's", event("lead.created.v1", { data: { id: "lead_1" } })],
  ["a note", event("note.created.v1", { data: { id: "note_1", recordId: "lead_1" } })],
])("B4 nobody is by %s", (_, told) => {
  expect(followed(told)).toEqual({ recordId: "lead_1" });
});
