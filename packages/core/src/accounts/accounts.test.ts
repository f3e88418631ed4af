import { fakeListing } from "@shangji/testing/fakes/listing";
import { fakeStores } from "@shangji/testing/fakes/stores";
import { testContext } from "@shangji/testing/world";
import { expect, test } from "vitest";
import { createContact } from "../contacts/create-contact.ts";
import { deleteContact } from "../contacts/delete-contact.ts";
import { listedContacts } from "../contacts/listed-contacts.ts";
import { updateContact } from "../contacts/update-contact.ts";
import { revise } from "../kit/revise.ts";
import { listRecords } from "../lists/list-records.ts";
import { createTeam } from "../people/create-team.ts";
import { createUser } from "../people/create-user.ts";
import { createAccount } from "./create-account.ts";
import { deleteAccount } from "./delete-account.ts";
import { listedAccounts } from "./listed-accounts.ts";
import { putAccount } from "./put-account.ts";
import { updateAccount } from "./update-account.ts";

const world = () => ({ ...fakeStores(), context: testContext() });
const nobody = "usr_01JD7Z3Q5V9W0X2Y4Z6A8B0C1D";
const nothing = "acc_01JD7Z3Q5V9W0X2Y4Z6A8B0C1D";

async function withOwner() {
  const deps = world();
  const team = await createTeam({ name: "East" }, deps);
  const owner = await createUser({ name: "Lin", role: "rep", teamId: team.id }, deps);
  return { deps, team, owner };
}

test("an account belongs to its owner's team; handing it to nobody takes it out of the team", async () => {
  const { deps, team, owner } = await withOwner();
  const account = await createAccount({ name: "Acme", tags: [], ownerId: owner.id }, deps);
  expect(account).toMatchObject({ ownerId: owner.id, teamId: team.id });
  const free = await updateAccount({ id: account.id, patch: { ownerId: null }, expectedVersion: 1 }, deps);
  expect(free).not.toHaveProperty("ownerId");
  expect(free).not.toHaveProperty("teamId");
});

test("owner, parent and account of a record must exist", async () => {
  const deps = world();
  const refused = { code: "unknown_reference" };
  await expect(createAccount({ name: "A", tags: [], ownerId: nobody }, deps)).rejects.toMatchObject(refused);
  await expect(createAccount({ name: "A", tags: [], parentId: nothing }, deps)).rejects.toMatchObject(refused);
  await expect(createContact({ name: "C", tags: [], accountId: nothing }, deps)).rejects.toMatchObject(refused);
  const contact = await createContact({ name: "C", tags: [] }, deps);
  const moved = updateContact({ id: contact.id, patch: { accountId: nothing } }, deps);
  await expect(moved).rejects.toMatchObject(refused);
});

test("accounts form no circle", async () => {
  const deps = world();
  const top = await createAccount({ name: "Top", tags: [] }, deps);
  const below = await createAccount({ name: "Below", tags: [], parentId: top.id }, deps);
  const circle = updateAccount({ id: top.id, patch: { parentId: below.id } }, deps);
  await expect(circle).rejects.toMatchObject({ code: "invalid_request" });
});

test("a deleted account is not found, not listed and no account of new contacts", async () => {
  const { deps, owner } = await withOwner();
  const account = await createAccount({ name: "Acme", tags: [], ownerId: owner.id }, deps);
  await deleteAccount({ id: account.id, expectedVersion: 1 }, deps);
  await expect(deleteAccount({ id: account.id }, deps)).rejects.toMatchObject({ code: "not_found" });
  const listing = fakeListing({ kind: listedAccounts, records: deps.accounts });
  expect((await listRecords({ query: { limit: 10 } }, listing)).items).toEqual([]);
  await expect(createContact({ name: "C", tags: [], accountId: account.id }, deps)).rejects.toMatchObject({
    code: "unknown_reference",
  });
});

test("contacts are listed by account", async () => {
  const deps = world();
  const account = await createAccount({ name: "Acme", tags: [] }, deps);
  const contact = await createContact({ name: "C", tags: [], accountId: account.id }, deps);
  await createContact({ name: "Other", tags: [] }, deps);
  const query = { account: account.id, limit: 10 };
  const listing = fakeListing({ kind: listedContacts, records: deps.contacts });
  expect((await listRecords({ query }, listing)).items).toEqual([contact]);
  await deleteContact({ id: contact.id, expectedVersion: 1 }, deps);
  expect((await listRecords({ query }, listing)).items).toEqual([]);
});

test("B5 an account that waits in a pool is neither changed nor deleted, by its id or that of another system", async () => {
  const deps = world();
  const externalId = { source: "erp", id: "1" };
  const account = await createAccount({ name: "Acme", tags: [], externalId }, deps);
  const pool = { poolId: "pool_01JD7Z3Q5V9W0X2Y4Z6A8B0C1D", at: "2026-11-02T00:00:00.000Z" };
  await deps.accounts.update(account, revise(account, { pool }, { context: deps.context, command: "test" }));
  const refused = { code: "pooled" };
  await expect(updateAccount({ id: account.id, patch: { ownerId: null } }, deps)).rejects.toMatchObject(refused);
  await expect(deleteAccount({ id: account.id }, deps)).rejects.toMatchObject(refused);
  await expect(putAccount({ externalId, fields: { name: "Other" } }, deps)).rejects.toMatchObject(refused);
});
