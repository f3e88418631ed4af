import { expect, test } from "vitest";
import { managerOf } from "./manager-of.ts";

const teams = [
  { id: "top", managerId: "boss", parentId: "bottom" },
  { id: "middle", parentId: "top" },
  { id: "bottom", managerId: "lead", parentId: "middle" },
];

test.each([
  ["rep", "bottom", "lead"],
  ["lead", "bottom", "boss"],
  ["rep", "middle", "boss"],
  ["rep", undefined, undefined],
  ["rep", "gone", undefined],
])("B4 of %s in %s the manager is %s", (ownerId, teamId, manager) => {
  expect(managerOf({ ownerId, teamId }, teams)).toBe(manager);
});

test("B4 teams in a circle whose only manager is the owner have none", () => {
  const own = teams.map((team) => ({ ...team, managerId: "lead" }));
  expect(managerOf({ ownerId: "lead", teamId: "bottom" }, own)).toBeUndefined();
});
