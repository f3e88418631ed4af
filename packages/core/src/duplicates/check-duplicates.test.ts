import type { Account } from "@shangji/contracts/accounts/schemas";
import type { DuplicateRules } from "@shangji/contracts/duplicates/schemas";
import { fakeStores } from "@shangji/testing/fakes/stores";
import { testContext, testViewer } from "@shangji/testing/world";
import { describe, expect, test } from "vitest";
import { guardRecords } from "../access/guard-records.ts";
import type { Viewer } from "../access/viewer.ts";
import { createAccount } from "../accounts/create-account.ts";
import { deleteAccount } from "../accounts/delete-account.ts";
import { restoreAccount } from "../accounts/restore-account.ts";
import { updateAccount } from "../accounts/update-account.ts";
import { createContact } from "../contacts/create-contact.ts";
import { deleteContact } from "../contacts/delete-contact.ts";
import { restoreContact } from "../contacts/restore-contact.ts";
import { updateContact } from "../contacts/update-contact.ts";
import { duplicatesOf, findDuplicates } from "./find-duplicates.ts";
import { defaultDuplicateRules, getDuplicatePolicy, putDuplicatePolicy } from "./policy.ts";

async function world(rules: Partial<DuplicateRules> = {}) {
  const stores = fakeStores();
  const deps = { ...stores, context: testContext() };
  const decide = async (more: Partial<DuplicateRules>) => {
    const { version } = await getDuplicatePolicy(deps.duplicates);
    const all = { ...defaultDuplicateRules, ...more };
    await putDuplicatePolicy({ rules: all, expectedVersion: version }, { ...deps, ...deps.duplicates });
  };
  await decide(rules);
  const account = (fields: Partial<Account>) => createAccount({ name: "Acme", tags: [], ...fields }, deps);
  const contact = (fields: object) => createContact({ name: "王芳", tags: [], ...fields }, deps);
  const seenBy = (viewer: Viewer) => guardRecords<Account, typeof deps.accounts>(deps.accounts, "account", viewer);
  return { deps, decide, account, contact, seenBy };
}

const refuseName = { account: { name: "refuse", phone: "allow" } } as const;
const refuseEmail = { contact: { email: "refuse", phone: "refuse" } } as const;

describe("A5 a policy of warning", () => {
  test("adds the record and names what it looks like, the surest first", async () => {
    const { account } = await world();
    const byName = await account({ name: "华为技术有限公司" });
    const byBoth = await account({ name: "华为技术", phone: "021 5555 0101" });
    expect(byName.duplicates).toBeUndefined();
    expect(byBoth.duplicates).toEqual([{ id: byName.id, name: byName.name, matchedBy: ["name"] }]);
    const third = await account({ name: "ＨＵＡＷＥＩ", phone: "+86 21-55550101" });
    expect(third.duplicates).toEqual([{ id: byBoth.id, name: byBoth.name, matchedBy: ["phone"] }]);
    const fourth = await account({ name: "华为技术股份有限公司", phone: "02155550101" });
    expect(fourth.duplicates?.map(({ id, matchedBy }) => [id, matchedBy])).toEqual([
      [byBoth.id, ["name", "phone"]],
      [byName.id, ["name"]],
      [third.id, ["phone"]],
    ]);
  });

  test("names contacts with the same mailbox, not those with the same name", async () => {
    const { contact } = await world({ contact: { email: "warn", phone: "warn" } });
    const first = await contact({ email: "Wang.Fang@Example.com" });
    expect((await contact({ email: "wang.fang@example.com" })).duplicates).toMatchObject([{ id: first.id }]);
    expect((await contact({})).duplicates).toBeUndefined();
  });

  test("shows no record that the caller may not read", async () => {
    const { deps, account, seenBy } = await world();
    await account({});
    const viewer = testViewer({ role: "rep", userId: "usr_00000000000000000000000009" });
    const rules = structuredClone(viewer.rules);
    rules.roles.rep.account = { read: "own", create: "all", update: "own", delete: "none" };
    const accounts = seenBy({ ...viewer, rules });
    const made = await createAccount({ name: "Acme", tags: [] }, { ...deps, accounts });
    expect(made.duplicates).toBeUndefined();
    const asked = await findDuplicates(
      { entity: "account", fields: { name: "Acme" } },
      { records: accounts, country: "CN" },
    );
    expect(asked).toEqual({ items: [] });
  });

  test("looks only at what a change brings", async () => {
    const { deps, account } = await world();
    const first = await account({});
    const second = await account({ name: "Other" });
    const change = (patch: object, expectedVersion: number) =>
      updateAccount({ id: second.id, patch, expectedVersion }, deps);
    expect((await change({ name: "ACME Inc." }, 1)).duplicates).toMatchObject([{ id: first.id }]);
    expect((await change({ region: "East" }, 2)).duplicates).toBeUndefined();
    expect((await change({ name: "Acme" }, 3)).duplicates).toBeUndefined();
  });
});

test("A5 where duplicates are allowed nothing is looked for", async () => {
  const { account } = await world({ account: { name: "allow", phone: "allow" } });
  await account({});
  expect((await account({})).duplicates).toBeUndefined();
});

describe("A5 a policy of refusing", () => {
  test("adds nothing and names what stands in the way, if the caller may read it", async () => {
    const { deps, account, seenBy } = await world(refuseName);
    const first = await account({});
    const known = { code: "duplicate", failures: [{ id: first.id, name: "Acme", matchedBy: ["name"] }] };
    await expect(account({ name: "Acme, Inc." })).rejects.toMatchObject(known);
    const rules = structuredClone(testViewer().rules);
    rules.roles.rep.account = { read: "own", create: "all", update: "own", delete: "none" };
    const blind = seenBy({ ...testViewer({ role: "rep", userId: "usr_00000000000000000000000009" }), rules });
    const refused = createAccount({ name: "Acme", tags: [] }, { ...deps, accounts: blind });
    await expect(refused).rejects.toMatchObject({ code: "duplicate", failures: [] });
    expect((await deps.accounts.list({ by: "all", teamIds: [] }, { limit: 10 })).items).toHaveLength(1);
  });

  test("refuses a change and a restoration as well, and a name that is let go is free", async () => {
    const { deps, account } = await world(refuseName);
    const first = await account({});
    const second = await account({ name: "Other" });
    const rename = (id: string, name: string, expectedVersion: number) =>
      updateAccount({ id, patch: { name }, expectedVersion }, deps);
    await expect(rename(second.id, "acme", 1)).rejects.toMatchObject({ code: "duplicate" });
    await rename(first.id, "First", 1);
    await rename(second.id, "acme", 1);
    await deleteAccount({ id: second.id }, deps);
    const third = await account({});
    await expect(restoreAccount({ id: second.id }, deps)).rejects.toMatchObject({ code: "duplicate" });
    await deleteAccount({ id: third.id }, deps);
    expect(await restoreAccount({ id: second.id }, deps)).toMatchObject({ name: "acme" });
    await expect(account({})).rejects.toMatchObject({ code: "duplicate" });
  });

  test("stands against records from before it, and those it has kept apart may come together after it", async () => {
    const { deps, decide, account } = await world();
    await account({});
    await decide(refuseName);
    await expect(account({})).rejects.toMatchObject({ code: "duplicate" });
    const other = await account({ name: "Other" });
    await decide({ account: { name: "allow", phone: "allow" } });
    const twin = await account({ name: "Other" });
    await decide(refuseName);
    // Each can be changed and deleted, whoever holds the name.
    await updateAccount({ id: twin.id, patch: { name: "Twin" }, expectedVersion: 1 }, deps);
    await deleteAccount({ id: other.id }, deps);
    await account({ name: "Other" });
  });

  test("holds for contacts' mailboxes as long as nobody has decided otherwise, until the one that has it is deleted", async () => {
    const { deps, contact } = await world();
    const first = await contact({ email: "Wang.Fang@example.com", phone: "13800138000" });
    const other = await contact({ email: "other@example.com" });
    const again = () => contact({ email: "wang.fang@EXAMPLE.com" });
    const known = { code: "duplicate", failures: [{ id: first.id, name: "王芳", matchedBy: ["email"] }] };
    await expect(again()).rejects.toMatchObject(known);
    const patch = { email: "wang.fang@example.com" };
    const change = updateContact({ id: other.id, patch, expectedVersion: 1 }, deps);
    await expect(change).rejects.toMatchObject(known);
    expect((await contact({ phone: "13800138000" })).duplicates).toMatchObject([{ id: first.id }]);
    await deleteContact({ id: first.id }, deps);
    await again();
    await expect(restoreContact({ id: first.id }, deps)).rejects.toMatchObject({ code: "duplicate" });
  });

  test("keeps mailboxes and numbers of contacts apart", async () => {
    const { contact } = await world(refuseEmail);
    await contact({ email: "a@example.com", phone: "13800138000" });
    await expect(contact({ email: "A@example.com" })).rejects.toMatchObject({ code: "duplicate" });
    await expect(contact({ phone: "+86 138 0013 8000" })).rejects.toMatchObject({ code: "duplicate" });
    await contact({ email: "b@example.com", phone: "13800138001" });
  });
});

test("A5 a stored record's duplicates are found without itself and without what is hidden from the caller", async () => {
  const { deps, account } = await world();
  const first = await account({ phone: "021 5555 0101" });
  const second = await account({ name: "Other", phone: "021 5555 0101" });
  const ask = (hidden: string[]) =>
    duplicatesOf(
      { entity: "account", id: second.id },
      { records: deps.accounts, country: "CN", hidden: new Set(hidden) },
    );
  expect(await ask([])).toEqual({ items: [{ id: first.id, name: "Acme", matchedBy: ["phone"] }] });
  expect(await ask(["phone"])).toEqual({ items: [] });
});

test("A5 the policy changes only by who has read it as it is", async () => {
  const { deps } = await world();
  const stale = { rules: defaultDuplicateRules, expectedVersion: 0 };
  await expect(putDuplicatePolicy(stale, { ...deps, ...deps.duplicates })).rejects.toMatchObject({
    code: "stale_version",
  });
});
