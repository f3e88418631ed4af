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
  expect(followed(told)).toEqual({ recordIds: ["lead_1"], assigned });
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
  expect(followed(told)).toEqual({ recordIds: ["lead_1"] });
});

const records = (type: string, data: object, previous?: object) =>
  followed({
    id: "evt_1",
    type,
    occurredAt: "t",
    sequence: 2,
    data: { id: "x_1", ...data },
    ...(previous && { previous }),
  });

test("B6 an opportunity tells of its account and of the one that it was of, a note of its record, others of themselves", () => {
  expect(records("opportunity.won.v1", { accountId: "acc_1" })).toEqual({ recordIds: ["acc_1"] });
  expect(records("opportunity.updated.v1", { accountId: "acc_2" }, { accountId: "acc_1" })).toEqual({
    recordIds: ["acc_2", "acc_1"],
  });
  expect(records("opportunity.updated.v1", {}, { accountId: "acc_1" })).toEqual({ recordIds: ["acc_1"] });
  expect(records("opportunity.updated.v1", { accountId: "acc_1" }, { accountId: null })).toEqual({
    recordIds: ["acc_1"],
  });
  expect(records("note.created.v1", { recordId: "acc_1" })).toEqual({ recordIds: ["acc_1"] });
  expect(records("account.updated.v1", { ownerId: "usr_1" }, { ownerId: null })).toEqual({ recordIds: ["x_1"] });
  expect(records("lead.updated.v1", { ownerId: "usr_1" }, { ownerId: null })).toMatchObject({
    recordIds: ["x_1"],
    assigned: { ownerId: "usr_1", version: 2 },
  });
});
