import type { User } from "@shangji/contracts/people/schemas";
import { sampleUser } from "@shangji/contracts/samples/records";
import { expect, test } from "vitest";
import { unassignedLead } from "./unassigned-lead.ts";

const user = (id: string, fields: Partial<User> = {}) => ({
  ...sampleUser,
  id,
  role: "admin" as const,
  active: true,
  ...fields,
});
const told = (type: string, all: (typeof sampleUser)[]) =>
  unassignedLead(
    { type, occurredAt: "2026-11-06T09:30:00.000Z", actor: { id: "system" }, data: { id: "lead_1" } },
    { users: { all: async () => all } },
  );

test("B3 admins that are at work here are told of a lead that nobody could take, and of nothing else by this", async () => {
  const all = [user("usr_1"), user("usr_2", { role: "manager" }), user("usr_3", { active: false }), user("usr_4")];
  expect(await told("lead.unassigned.v1", all)).toEqual(
    ["usr_1", "usr_4"].map((recipientId) => ({
      kind: "lead_unassigned",
      subject: { entity: "lead", id: "lead_1" },
      recipientId,
      actorId: "system",
      at: "2026-11-06T09:30:00.000Z",
      ownerOnly: false,
    })),
  );
  expect(await told("lead.updated.v1", all)).toEqual([]);
});

test("B3 of many admins twenty are told", async () => {
  const all = Array.from({ length: 30 }, (_, index) => user(`usr_${index}`));
  expect(await told("lead.unassigned.v1", all)).toHaveLength(20);
});
