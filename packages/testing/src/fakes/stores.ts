import type { Account } from "@shangji/contracts/accounts/schemas";
import type { AssignmentRuleSet } from "@shangji/contracts/assignment/schemas";
import type { OrganizationCalendar } from "@shangji/contracts/calendar/schemas";
import type { Contact } from "@shangji/contracts/contacts/schemas";
import type { DuplicatePolicy } from "@shangji/contracts/duplicates/schemas";
import type { Lead } from "@shangji/contracts/leads/schemas";
import type { Opportunity } from "@shangji/contracts/opportunities/schemas";
import type { Deactivation, Team, User } from "@shangji/contracts/people/schemas";
import type { Pipeline } from "@shangji/contracts/pipelines/schemas";
import type { Pool } from "@shangji/contracts/pools/schemas";
import type { Product } from "@shangji/contracts/products/schemas";
import type { ServiceAccount } from "@shangji/contracts/service-accounts/schemas";
import type { Accounts } from "@shangji/core/accounts/ports";
import { companyKey } from "@shangji/core/duplicates/company-key";
import { emailKey, type MatchKey } from "@shangji/core/duplicates/match-keys";
import { foldName } from "@shangji/core/kit/fold";
import type { DirectoryStore, Stored } from "@shangji/core/kit/record";
import type { OrganizationSettings, Rates, StoredRates } from "@shangji/core/organization/ports";
import type { Pipelines } from "@shangji/core/pipelines/ports";
import { fakePersonnel } from "./personnel.ts";
import { externalIdOf, fakeRecordStore } from "./record-store.ts";

/** An organisation in memory: every store that use cases ask for, all empty. */
export function fakeStores() {
  const users = fakeRecordStore<User>(emailAndExternalId);
  const deactivations = fakeRecordStore<Deactivation>();
  return {
    users,
    deactivations,
    personnel: fakePersonnel(users, deactivations),
    teams: fakeRecordStore<Team>(),
    accounts: fakeAccounts(),
    contacts: fakePersons<Contact>(),
    leads: fakePersons<Lead>(),
    products: fakeRecordStore<Product>(codeAndExternalId),
    pipelines: fakePipelines(),
    pools: fakeRecordStore<Pool>(),
    opportunities: fakeRecordStore<Opportunity>(),
    serviceAccounts: fakeRecordStore<ServiceAccount>(),
    duplicates: { policies: fakeSetting<DuplicatePolicy>(), country: "CN" },
    ruleSets: fakeSetting<AssignmentRuleSet>(),
    calendars: fakeSetting<OrganizationCalendar>(),
    rates: fakeRates(),
    settings: { customer: "test", baseCurrency: "USD", zone: "UTC", locale: "en" } satisfies OrganizationSettings,
  };
}

function emailAndExternalId(user: User) {
  const email = user.email ? [{ field: "email", value: user.email.toLowerCase() }] : [];
  return [...email, ...externalIdOf(user)];
}

function codeAndExternalId(product: Product) {
  const code = product.code ? [{ field: "code", value: product.code.toLowerCase() }] : [];
  return [...code, ...externalIdOf(product)];
}

function fakeAccounts(): Accounts {
  const store = fakeRecordStore<Account>();
  return {
    ...store,
    findMatches: ({ by, value }) =>
      matching(store, (account) => (by === "name" ? companyKey(account.name) : account.phoneKey) === value),
    async findByName(foldedNames) {
      const all = await store.all();
      const idsOf = (name: string) => all.filter((account) => foldName(account.name) === name).map(({ id }) => id);
      return new Map(foldedNames.map((name) => [name, idsOf(name)]));
    },
  };
}

/** What people are compared by. */
type Comparable = { id: string; version: number; updatedAt: string; email?: string | undefined };

function fakePersons<T extends Comparable>() {
  const store = fakeRecordStore<T>();
  return {
    ...store,
    findMatches: ({ by, value }: MatchKey) =>
      matching(store, ({ email, phoneKey }) => (by === "email" ? email && emailKey(email) : phoneKey) === value),
  };
}

async function matching<T>(store: Pick<DirectoryStore<T>, "all">, isLike: (record: Stored<T>) => boolean) {
  return (await store.all()).filter(isLike).map((record) => ({ record, isReadable: true }));
}

/** A setting of the organisation that nobody has changed yet. */
export function fakeSetting<T>() {
  let stored: Stored<T> | undefined;
  return {
    get: async () => stored,
    cached: async () => stored,
    async save(setting: Stored<T>) {
      stored = setting;
    },
  };
}

function fakePipelines(): Pipelines {
  const store = fakeRecordStore<Pipeline>();
  const versions = new Map<string, Stored<Pipeline>>();
  const keep = (pipeline: Stored<Pipeline>) =>
    versions.set(`${pipeline.id}#${pipeline.definitionVersion}`, structuredClone(pipeline));
  return {
    ...store,
    async create(pipeline, claim) {
      await store.create(pipeline, claim);
      keep(pipeline);
    },
    async update(before, after, claim) {
      await store.update(before, after, claim);
      keep(after);
    },
    version: async (id, definitionVersion) => versions.get(`${id}#${definitionVersion}`),
  };
}

function fakeRates(): Rates {
  let stored: StoredRates | undefined;
  return {
    get: async () => stored,
    cached: async () => stored,
    async put(rates) {
      stored = rates;
    },
  };
}
