import type { Account } from "@shangji/contracts/accounts/schemas";
import { fakeRecordStore } from "@shangji/testing/fakes/record-store";
import { testContext, testViewer } from "@shangji/testing/world";
import { expect, test } from "vitest";
import type { MatchKey } from "../duplicates/match-keys.ts";
import { newRecord } from "../kit/new-record.ts";
import { bury, revise } from "../kit/revise.ts";
import { defaultRules } from "./default-policy.ts";
import { guardRecords } from "./guard-records.ts";
import type { Viewer } from "./viewer.ts";

const context = testContext();
const account = (ownerId?: string, teamId?: string) =>
  newRecord<Account>("account", { name: "A", tags: [], ownerId, teamId }, { context, command: "test" });

/** A rep who may read the team's, change the own, and delete nothing. */
function rep(): Viewer {
  const { roles } = defaultRules;
  const rules = { read: "team", create: "own", update: "own", delete: "none" } as const;
  const grants = { ...roles.rep, account: rules };
  return {
    ...testViewer({ userId: "usr_1", role: "rep", teamId: "team_1" }),
    rules: { roles: { ...roles, rep: grants } },
  };
}

async function world() {
  const store = fakeRecordStore<Account>();
  const [own, team, foreign] = [account("usr_1", "team_1"), account("usr_2", "team_1"), account("usr_3", "team_3")];
  for (const record of [own, team, foreign]) await store.create(record);
  return { store, own, team, foreign, guarded: guardRecords(store, "account", rep()) };
}

test("H2 what may not be read is not there: by id, among many, in a list", async () => {
  const { own, team, foreign, guarded } = await world();
  expect(await guarded.get(foreign.id)).toBeUndefined();
  expect(await guarded.get(team.id)).toEqual(team);
  expect([...(await guarded.getMany([own.id, team.id, foreign.id])).keys()]).toEqual([own.id, team.id]);
  expect([...(await guarded.getParts([own.id, team.id, foreign.id], ["name"])).keys()]).toEqual([own.id, team.id]);
  const ids = (await guarded.list({ by: "all", teamIds: ["team_1", "team_3"] }, { limit: 10 })).items.map(
    ({ id }) => id,
  );
  expect(ids.sort()).toEqual([own.id, team.id].sort());
  expect((await guarded.list({ by: "owner", id: "usr_3" }, { limit: 10 })).items).toEqual([]);
});

test("H2 what has a value is not shown to whoever may not see that field, and still stands in the way", async () => {
  const store = {
    ...fakeRecordStore<Account>(),
    findMatches: async (_: MatchKey) => [{ record: own, isReadable: true }],
  };
  const own = account("usr_1", "team_1");
  const viewer = rep();
  const rules = { ...viewer.rules, fields: { rep: { account: { phone: "hidden" } } } } as const;
  const found = (by: "name" | "phone", given: Viewer) =>
    guardRecords(store, "account", given).findMatches({ by, value: "x" });
  expect(await found("phone", viewer)).toEqual([{ record: own, isReadable: true }]);
  expect(await found("phone", { ...viewer, rules })).toEqual([{ record: own, isReadable: false }]);
  expect(await found("name", { ...viewer, rules })).toEqual([{ record: own, isReadable: true }]);
});

test("H2 a write outside of the rules is refused and changes nothing", async () => {
  const { store, own, team, guarded } = await world();
  const stamp = { context, command: "test" };
  const refused = { code: "forbidden" };
  await expect(guarded.update(team, revise(team, { name: "B" }, stamp))).rejects.toMatchObject(refused);
  await expect(guarded.remove(own, bury(own, context, "test"))).rejects.toMatchObject(refused);
  const foreign = account("usr_2", "team_1");
  await expect(guarded.create(foreign)).rejects.toMatchObject(refused);
  await expect(guarded.create(account())).rejects.toMatchObject(refused);
  expect(await store.get(team.id)).toEqual(team);
  expect(await store.get(own.id)).toEqual(own);
  expect(await store.get(foreign.id)).toBeUndefined();
  await guarded.update(own, revise(own, { name: "B", ownerId: "usr_2" }, stamp));
  expect(await store.get(own.id)).toMatchObject({ name: "B", ownerId: "usr_2" });
});

test("H2 whom a record is shared with changes it, and neither takes nor gives it away", async () => {
  const { store, team } = await world();
  const viewer = { ...rep(), shares: [{ recordId: team.id, level: "write" as const }] };
  const guarded = guardRecords(store, "account", viewer);
  const by = (patch: object) => revise(team, { ...patch }, { context, command: "test" });
  for (const ownerId of ["usr_1", "usr_3", null])
    await expect(guarded.update(team, by({ ownerId }))).rejects.toMatchObject({ code: "forbidden" });
  expect(await store.get(team.id)).toEqual(team);
  await guarded.update(team, by({ name: "B" }));
  expect(await store.get(team.id)).toMatchObject({ name: "B", ownerId: "usr_2" });
  // The own may be given away.
  const own = guardRecords(store, "account", { ...rep(), actor: { userId: "usr_2", role: "rep", teamId: "team_1" } });
  const before = await own.get(team.id);
  if (before) await own.update(before, revise(before, { ownerId: "usr_3" }, { context, command: "test" }));
  expect(await store.get(team.id)).toMatchObject({ ownerId: "usr_3" });
});
