import type { Account } from "@shangji/contracts/accounts/schemas";
import { fakeStores } from "@shangji/testing/fakes/stores";
import { testClock, testContext, testViewer } from "@shangji/testing/world";
import { expect, test } from "vitest";
import { guardRecords } from "../access/guard-records.ts";
import { createAccount } from "../accounts/create-account.ts";
import { deleteAccount } from "../accounts/delete-account.ts";
import { restoreAccount } from "../accounts/restore-account.ts";
import { listRestorable } from "./restore-record.ts";

const day = 86_400_000;
const upper = "team_00000000000000000000000001";

function world() {
  const clock = testClock();
  const stores = fakeStores();
  const context = testContext({ clock });
  const deps = { ...stores, context };
  const listed = async (accounts = stores.accounts) =>
    (await listRestorable({ query: { limit: 10 } }, { records: accounts, teams: stores.teams, clock })).items;
  async function deleted(fields: Partial<Account> = {}) {
    const made = await createAccount({ name: "Acme", tags: [], ...fields }, deps);
    await deleteAccount({ id: made.id, expectedVersion: 1 }, deps);
    return made;
  }
  return { clock, deps, deleted, listed };
}

test("A1 a deleted record comes back with what it was, at the next version", async () => {
  const { deps, deleted, listed } = world();
  const made = await deleted({ externalId: { source: "erp", id: "1" } });
  expect(await listed()).toMatchObject([{ id: made.id, version: 2 }]);
  const back = await restoreAccount({ id: made.id, expectedVersion: 2 }, deps);
  expect(back).toEqual({ ...made, version: 3, change: { ...made.change, command: "restoreAccount" } });
  expect(await listed()).toEqual([]);
  await expect(restoreAccount({ id: made.id }, deps)).rejects.toMatchObject({ code: "conflict" });
});

test("A1 it comes back for thirty days, and then no more", async () => {
  const { clock, deps, deleted, listed } = world();
  const early = await deleted();
  clock.advance(1);
  const late = await deleted();
  clock.advance(30 * day);
  expect((await listed()).map(({ id }) => id)).toEqual([late.id]);
  await expect(restoreAccount({ id: early.id }, deps)).rejects.toMatchObject({ code: "not_found" });
  await restoreAccount({ id: late.id }, deps);
});

test("A1 an unknown id is not found, and another version than the deleted one is stale", async () => {
  const { deps, deleted } = world();
  const unknown = { id: "acc_01JD7Z3Q5V9W0X2Y4Z6A8B0C1D" };
  await expect(restoreAccount(unknown, deps)).rejects.toMatchObject({ code: "not_found" });
  const made = await deleted();
  const stale = { id: made.id, expectedVersion: 1 };
  await expect(restoreAccount(stale, deps)).rejects.toMatchObject({ code: "stale_version" });
});

test("A1 who may delete a record sees it among the deleted and brings it back, nobody else", async () => {
  const { deps } = world();
  const mine = await createAccount({ name: "Mine", tags: [] }, deps);
  const teams = { ...mine, id: mine.id.replace(/.$/, "X"), teamId: upper };
  await deps.accounts.create(teams);
  for (const { id } of [mine, teams]) await deleteAccount({ id }, deps);
  const seenBy = (viewer: Parameters<typeof testViewer>[0]) =>
    guardRecords<Account, typeof deps.accounts>(deps.accounts, "account", testViewer(viewer));
  const ids = async (accounts: typeof deps.accounts) =>
    (
      await listRestorable(
        { query: { limit: 10 } },
        { records: accounts, teams: deps.teams, clock: deps.context.clock },
      )
    ).items.map(({ id }) => id);
  const manager = seenBy({ role: "manager", teamId: upper });
  expect(await ids(manager)).toEqual([teams.id]);
  await expect(restoreAccount({ id: mine.id }, { ...deps, accounts: manager })).rejects.toMatchObject({
    code: "forbidden",
  });
  const rep = seenBy({ role: "rep", teamId: upper });
  expect(await ids(rep)).toEqual([]);
  await expect(restoreAccount({ id: teams.id }, { ...deps, accounts: rep })).rejects.toMatchObject({
    code: "forbidden",
  });
  await restoreAccount({ id: teams.id }, { ...deps, accounts: manager });
});

test("A1 a taken external id is named with the record that has it, if the caller may read that one", async () => {
  const { deps, deleted } = world();
  const externalId = { source: "erp", id: "1" };
  const made = await deleted({ externalId });
  const { id: recordId } = await createAccount({ name: "Other", tags: [], externalId }, deps);
  const admin = guardRecords<Account, typeof deps.accounts>(deps.accounts, "account", testViewer());
  const known = { code: "duplicate_value", failures: [{ field: "externalId", recordId }] };
  await expect(restoreAccount({ id: made.id }, { ...deps, accounts: admin })).rejects.toMatchObject(known);
  const rules = structuredClone(testViewer().rules);
  rules.roles.integration.account = { read: "own", create: "all", update: "own", delete: "own" };
  const blind = guardRecords<Account, typeof deps.accounts>(deps.accounts, "account", {
    ...testViewer({ role: "integration", userId: "usr_00000000000000000000000009" }),
    rules,
  });
  const creation = createAccount({ name: "Third", tags: [], externalId }, { ...deps, accounts: blind });
  await expect(creation).rejects.toMatchObject({ code: "duplicate_value", failures: [] });
});
