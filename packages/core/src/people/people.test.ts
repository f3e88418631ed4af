import { fakeStores } from "@shangji/testing/fakes/stores";
import { testContext, testViewer } from "@shangji/testing/world";
import { expect, test } from "vitest";
import { createAccount } from "../accounts/create-account.ts";
import { createTeam } from "./create-team.ts";
import { createUser } from "./create-user.ts";
import { getMe } from "./get-me.ts";
import { updateTeam } from "./update-team.ts";
import { updateUser } from "./update-user.ts";

const unknownTeam = "team_01JD7Z3Q5V9W0X2Y4Z6A8B0C1D";
const unknownUser = "usr_01JD7Z3Q5V9W0X2Y4Z6A8B0C1D";
const world = () => ({ ...fakeStores(), context: testContext(), viewer: testViewer() });

test("a user's team and a team's manager and parent must exist", async () => {
  const deps = world();
  const refused = { code: "unknown_reference" };
  await expect(createUser({ name: "Lin", role: "rep", teamId: unknownTeam }, deps)).rejects.toMatchObject(refused);
  await expect(createTeam({ name: "East", managerId: unknownUser }, deps)).rejects.toMatchObject(refused);
  await expect(createTeam({ name: "East", parentId: unknownTeam }, deps)).rejects.toMatchObject(refused);
});

test("a new user is active, at version 1, and has its e-mail for itself whatever the case", async () => {
  const deps = world();
  const user = await createUser({ name: "Lin", role: "rep", email: "lin@example.com" }, deps);
  expect(user).toMatchObject({ active: true, version: 1, change: { command: "createUser" } });
  const twin = createUser({ name: "Lin", role: "rep", email: "LIN@example.com" }, deps);
  await expect(twin).rejects.toMatchObject({ code: "duplicate_value" });
});

test("a change on an old version is refused, and a null clears", async () => {
  const deps = world();
  const user = await createUser({ name: "Lin", role: "rep", email: "lin@example.com" }, deps);
  const stale = updateUser({ id: user.id, patch: { name: "Lin X" }, expectedVersion: 2 }, deps);
  await expect(stale).rejects.toMatchObject({ code: "stale_version" });
  const cleared = await updateUser({ id: user.id, patch: { email: null }, expectedVersion: 1 }, deps);
  expect(cleared).not.toHaveProperty("email");
  expect(cleared.version).toBe(2);
  await expect(updateUser({ id: unknownUser, patch: {} }, deps)).rejects.toMatchObject({ code: "not_found" });
});

test("a user who changes the team leaves the records with the old one", async () => {
  const deps = world();
  const east = await createTeam({ name: "East" }, deps);
  const west = await createTeam({ name: "West" }, deps);
  const user = await createUser({ name: "Lin", role: "rep", teamId: east.id }, deps);
  const account = await createAccount({ name: "Acme", tags: [], ownerId: user.id }, deps);
  await updateUser({ id: user.id, patch: { teamId: west.id } }, deps);
  expect(await deps.accounts.get(account.id)).toMatchObject({ teamId: east.id, version: 1 });
});

test("teams form no circle", async () => {
  const deps = world();
  const top = await createTeam({ name: "Top" }, deps);
  const below = await createTeam({ name: "Below", parentId: top.id }, deps);
  const circle = updateTeam({ id: top.id, patch: { parentId: below.id } }, deps);
  await expect(circle).rejects.toMatchObject({ code: "invalid_request" });
});

test("the caller sees the own user and team", async () => {
  const deps = world();
  const team = await createTeam({ name: "East" }, deps);
  const user = await createUser({ name: "Lin", role: "rep", teamId: team.id }, deps);
  expect(await getMe({ ...deps, context: testContext({ userId: user.id }) })).toEqual({
    user: { ...user, status: "not_invited" },
    team,
  });
  await expect(getMe({ ...deps, context: testContext({ userId: unknownUser }) })).rejects.toMatchObject({
    code: "not_found",
  });
});
