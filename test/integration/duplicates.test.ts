import { accountsIn } from "@shangji/aws/dynamo/accounts/accounts";
import { contactsIn } from "@shangji/aws/dynamo/contacts/contacts";
import { duplicatePoliciesIn } from "@shangji/aws/dynamo/duplicates/policies";
import type { DuplicateRules } from "@shangji/contracts/duplicates/schemas";
import { createAccount } from "@shangji/core/accounts/create-account";
import { deleteAccount } from "@shangji/core/accounts/delete-account";
import { createContact } from "@shangji/core/contacts/create-contact";
import { deleteContact } from "@shangji/core/contacts/delete-contact";
import { putDuplicatePolicy } from "@shangji/core/duplicates/policy";
import { type DynamoDb, startDynamoDb } from "@shangji/testing/dynamodb";
import { fakeStores } from "@shangji/testing/fakes/stores";
import { measuredClient } from "@shangji/testing/measured-client";
import { testClock, testContext } from "@shangji/testing/world";
import { afterAll, beforeAll, expect, test } from "vitest";

let db: DynamoDb;
beforeAll(async () => {
  db = await startDynamoDb();
});
afterAll(() => db.stop());

const refusing: DuplicateRules = {
  account: { name: "refuse", phone: "refuse" },
  contact: { email: "refuse", phone: "refuse" },
  lead: { email: "refuse", phone: "refuse" },
};

const warning = {
  account: { name: "warn", phone: "warn" },
  contact: { email: "warn", phone: "warn" },
} as const;

async function world(rules?: DuplicateRules) {
  const table = await db.createTable();
  const measured = measuredClient(table.client);
  const clock = testClock();
  const context = testContext({ clock });
  const policies = duplicatePoliciesIn(table, clock);
  const stores = fakeStores();
  const owner = { id: "usr_00000000000000000000000001", teamId: "team_00000000000000000000000001" };
  await stores.users.create({
    ...owner,
    name: "Lin",
    role: "rep",
    active: true,
    version: 1,
    createdAt: "",
    updatedAt: "",
    change: { actorId: "", at: "", command: "", source: "api", requestId: "" },
  });
  if (rules) await putDuplicatePolicy({ rules, expectedVersion: 0 }, { policies, context });
  const reached = { ...table, client: measured.client };
  const deps = {
    ...stores,
    accounts: accountsIn(reached),
    contacts: contactsIn(reached),
    duplicates: { policies, country: "CN" },
    context,
  };
  return { deps, measured, owner };
}

test("A5 of fifty equal records that are added at once, a policy of refusing lets one in", async () => {
  const { deps } = await world(refusing);
  const add = () => createAccount({ name: "华为技术有限公司", phone: "021 5555 0101", tags: [] }, deps);
  const results = await Promise.allSettled(Array.from({ length: 50 }, add));
  expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  for (const result of results)
    if (result.status === "rejected") expect(["duplicate", "conflict"]).toContain(result.reason.code);
  const { items } = await deps.accounts.list({ by: "all", teamIds: [] }, { limit: 50 });
  expect(items).toHaveLength(1);
  await expect(add()).rejects.toMatchObject({ code: "duplicate" });
  // What is deleted stands in nobody's way.
  await deleteAccount({ id: items[0]?.id ?? "" }, deps);
  expect((await add()).duplicates).toBeUndefined();
});

test("A5 of fifty contacts with one e-mail that are added at once one is let in, until it is deleted, with no policy set", async () => {
  const { deps } = await world();
  const add = () => createContact({ name: "王芳", email: "Wang@Example.com", tags: [] }, deps);
  const results = await Promise.allSettled(Array.from({ length: 50 }, add));
  expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  const { items } = await deps.contacts.list({ by: "all", teamIds: [] }, { limit: 50 });
  expect(items).toHaveLength(1);
  await expect(add()).rejects.toMatchObject({ code: "duplicate" });
  await deleteContact({ id: items[0]?.id ?? "" }, deps);
  await add();
});

test("A5 records are found by name, e-mail and number as they are now, and no longer once they are deleted", async () => {
  const { deps } = await world();
  const account = await createAccount({ name: "Acme Co., Ltd.", phone: "021 5555 0101", tags: [] }, deps);
  const contact = await createContact(
    { name: "王芳", email: "Wang@Example.com", phone: "13800138000", tags: [] },
    deps,
  );
  const ids = async (matches: Promise<{ record: { id: string } }[]>) => (await matches).map(({ record }) => record.id);
  const byName = () => ids(deps.accounts.findMatches({ by: "name", value: "acme" }));
  expect(await byName()).toEqual([account.id]);
  expect(await ids(deps.accounts.findMatches({ by: "phone", value: "+862155550101" }))).toEqual([account.id]);
  expect(await ids(deps.contacts.findMatches({ by: "email", value: "wang@example.com" }))).toEqual([contact.id]);
  expect(await ids(deps.contacts.findMatches({ by: "phone", value: "+8613800138000" }))).toEqual([contact.id]);
  // A number of one kind of record is none of the other.
  expect(await ids(deps.accounts.findMatches({ by: "phone", value: "+8613800138000" }))).toEqual([]);
  await deleteAccount({ id: account.id }, deps);
  expect(await byName()).toEqual([]);
  expect(await ids(deps.accounts.findMatches({ by: "phone", value: "+862155550101" }))).toEqual([]);
});

test("A5 imports find an account by its whole name among those that differ in their legal form", async () => {
  const { deps } = await world();
  const add = (name: string) => createAccount({ name, tags: [] }, deps);
  const [inc] = [await add("Acme Inc."), await add("Acme Ltd.")];
  expect(await deps.accounts.findByName(["acme inc.", "acme"])).toEqual(
    new Map([
      ["acme inc.", [inc?.id]],
      ["acme", []],
    ]),
  );
});

test("A5 a new account or contact with all that it is compared by costs six write units at most", async () => {
  const { deps, measured, owner } = await world({ ...refusing, ...warning });
  const account = await createAccount({ name: "Acme", phone: "021 5555 0101", ownerId: owner.id, tags: [] }, deps);
  expect(measured.take().written).toBeLessThanOrEqual(5);
  const contact = { name: "王芳", email: "a@example.com", phone: "13800138000", accountId: account.id };
  await createContact({ ...contact, ownerId: owner.id, tags: [] }, deps);
  expect(measured.take()).toMatchObject({ written: 6 });
});

test("A5 a contact's e-mail that is the contact's own makes of the write a transaction, of twelve write units", async () => {
  const { deps, measured, owner } = await world();
  await createContact(
    { name: "王芳", email: "a@example.com", phone: "13800138000", ownerId: owner.id, tags: [] },
    deps,
  );
  expect(measured.take()).toMatchObject({ written: 12 });
});
