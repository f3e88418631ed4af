import { expect, test } from "vitest";
import { followed } from "./followed-event.ts";

const event = (type: string, data: object, previous?: object) =>
  followed({
    id: "evt_1",
    type,
    occurredAt: "t",
    sequence: 2,
    data: { id: "x_1", ...data },
    ...(previous && { previous }),
  });

test("B6 an opportunity tells of its account and of the one that it was of, a note of its record, others of themselves", () => {
  expect(event("opportunity.won.v1", { accountId: "acc_1" })).toEqual({ recordIds: ["acc_1"] });
  expect(event("opportunity.updated.v1", { accountId: "acc_2" }, { accountId: "acc_1" })).toEqual({
    recordIds: ["acc_2", "acc_1"],
  });
  expect(event("opportunity.updated.v1", {}, { accountId: "acc_1" })).toEqual({ recordIds: ["acc_1"] });
  expect(event("opportunity.updated.v1", { accountId: "acc_1" }, { accountId: null })).toEqual({
    recordIds: ["acc_1"],
  });
  expect(event("note.created.v1", { recordId: "acc_1" })).toEqual({ recordIds: ["acc_1"] });
  expect(event("account.updated.v1", { ownerId: "usr_1" }, { ownerId: null })).toEqual({ recordIds: ["x_1"] });
  expect(event("lead.updated.v1", { ownerId: "usr_1" }, { ownerId: null })).toMatchObject({
    recordIds: ["x_1"],
    assigned: { ownerId: "usr_1", version: 2 },
  });
});
