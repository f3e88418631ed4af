import type { Opportunity } from "@shangji/contracts/opportunities/schemas";
import type { View } from "@shangji/contracts/views/schemas";
import { fakeListing } from "@shangji/testing/fakes/listing";
import { fakeRecordStore } from "@shangji/testing/fakes/record-store";
import { fakeViews } from "@shangji/testing/fakes/views";
import { opportunitiesOf, owners, teams } from "@shangji/testing/listed-world";
import { testContext, testViewer } from "@shangji/testing/world";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { defaultRules } from "../access/default-policy.ts";
import { guardRecords } from "../access/guard-records.ts";
import type { Viewer } from "../access/viewer.ts";
import { newRecord } from "../kit/new-record.ts";
import type { Stored } from "../kit/record.ts";
import { revise } from "../kit/revise.ts";
import { listedLeads } from "../leads/listed-leads.ts";
import { listedOpportunities } from "../opportunities/listed-opportunities.ts";
import { type ListedQuery, listRecords } from "./list-records.ts";

const context = testContext();
const stamp = { context, command: "test" };
const rep = { userId: owners[0] ?? "", teamId: teams[0] ?? "", role: "rep" } as const;

const directory = { all: async () => teams.map((id) => ({ id }) as never) }; // a list needs their ids only

async function world() {
  const store = fakeRecordStore<Opportunity>();
  const deals = fc.sample(opportunitiesOf(40), { numRuns: 1, seed: 7 })[0] ?? [];
  for (const deal of deals) await store.create(deal);
  const views = fakeViews();
  const list = (query: Partial<ListedQuery>, viewer: Viewer = testViewer(), after?: Record<string, unknown>) =>
    listRecords(
      { query: { limit: 10, ...query }, after },
      fakeListing({
        kind: listedOpportunities,
        records: guardRecords(store, "opportunity", viewer),
        viewer,
        views,
        teams: directory,
      }),
    );
  const saved = async (fields: Partial<View>): Promise<Stored<View>> => {
    const basics = { entity: "opportunity", name: "Mine", sharedWith: "nobody", ownerId: owners[0] ?? "" } as const;
    const view = newRecord<View>("view", { ...basics, ...fields }, stamp);
    await views.create(view);
    return view;
  };
  return { deals, list, views, saved };
}

/** A seller who may not see amounts. */
function blindRep(): Viewer {
  const rules = { ...defaultRules, fields: { rep: { opportunity: { amountMinor: "hidden" } } } } as const;
  return { ...testViewer(rep), rules };
}

describe("A4 a list by a saved view", () => {
  test("has its filter besides what is asked, and its sort and fields unless others are asked", async () => {
    const { list, saved, deals } = await world();
    const view = await saved({
      filter: { field: "status", eq: "open" },
      sort: "-amountMinor",
      fields: ["name", "amountMinor"],
      sharedWith: "all",
    });
    const page = await list({ view: view.id, limit: 40 });
    const open = deals.filter(({ status }) => status === "open");
    const largest = open.map(({ baseAmountMinor }) => baseAmountMinor).sort((left, right) => right - left);
    expect(page.items.map(({ baseAmountMinor }) => baseAmountMinor)).toEqual(largest);
    expect(page.fields).toEqual(["name", "amountMinor"]);
    const narrowed = await list({ view: view.id, owner: owners[1] ?? "", sort: "name", fields: ["status"], limit: 40 });
    expect(narrowed.items.map(({ id }) => id).sort()).toEqual(
      open.flatMap(({ id, ownerId }) => (ownerId === owners[1] ? id : [])).sort(),
    );
    expect(narrowed.fields).toEqual(["status"]);
  });

  test("is each reader's own where the view says so", async () => {
    const { list, saved, deals } = await world();
    const view = await saved({ filter: { field: "ownerId", eq: "me" }, sharedWith: "all" });
    for (const userId of owners.slice(0, 2)) {
      const { items } = await list({ view: view.id, limit: 40 }, testViewer({ userId }));
      expect(items).toHaveLength(deals.filter(({ ownerId }) => ownerId === userId).length);
      expect(items.every(({ ownerId }) => ownerId === userId)).toBe(true);
    }
  });

  test("does not go on once the view has been changed", async () => {
    const { list, saved, views } = await world();
    const view = await saved({ sort: "name", sharedWith: "all" });
    const { next } = await list({ view: view.id });
    expect((await list({ view: view.id }, testViewer(), next)).items).toHaveLength(10);
    await views.update(view, revise(view, { sort: "-name" }, stamp));
    await expect(list({ view: view.id }, testViewer(), next)).rejects.toMatchObject({ code: "invalid_cursor" });
  });

  test("of someone else, of another kind, or that there is not, is refused alike", async () => {
    const { list, saved } = await world();
    const stranger = testViewer({ ...rep, userId: owners[3] ?? "", teamId: teams[2] ?? "" });
    const views = [await saved({}), await saved({ entity: "contact", sharedWith: "all" })];
    for (const { id } of views) {
      await expect(list({ view: id }, stranger)).rejects.toMatchObject({
        code: "unknown_reference",
        errors: [{ pointer: "/query/view" }],
      });
    }
    expect((await list({ view: views[0]?.id }, testViewer(rep))).items.length).toBeGreaterThan(0);
  });

  test("H2 that selects by a field which the reader may not see is refused, and columns are left out", async () => {
    const { list, saved } = await world();
    const amount = { field: "amountMinor", gte: 1 };
    const selecting = [
      await saved({ filter: { all: [{ not: amount }] }, sharedWith: "all" }),
      await saved({ filter: { field: "baseAmountMinor", gte: 1 }, sharedWith: "all" }),
      await saved({ sort: "-amountMinor", sharedWith: "all" }),
    ];
    for (const { id } of selecting) {
      expect((await list({ view: id })).items.length).toBeGreaterThan(0);
      await expect(list({ view: id }, blindRep())).rejects.toMatchObject({
        code: "invalid_request",
        errors: [{ pointer: "/query/view" }],
      });
    }
    const showing = await saved({ fields: ["amountMinor", "name"], sharedWith: "all" });
    expect((await list({ view: showing.id }, blindRep())).fields).toEqual(["name"]);
  });
});

describe("H2 a hidden field is one that there is not", () => {
  test.each([
    ["filter", (field: string): Partial<ListedQuery> => ({ filter: { any: [{ field, gte: 5 }] } })],
    ["sort", (field: string): Partial<ListedQuery> => ({ sort: `-${field}` })],
    ["fields", (field: string): Partial<ListedQuery> => ({ fields: ["name", field] })],
  ])("in %s", async (_part, asking) => {
    const { list } = await world();
    const refused = (field: string) => list(asking(field), blindRep()).catch((error: unknown) => error);
    for (const field of ["amountMinor", "baseAmountMinor"]) {
      expect(JSON.stringify(await refused(field))).toBe(JSON.stringify(await refused("noSuchField")));
      expect((await list(asking(field), testViewer(rep))).items.length).toBeGreaterThanOrEqual(0);
    }
    expect(await refused("noSuchField")).toMatchObject({ code: "invalid_request" });
  });
});

test("A4 fields that are not shown as such can be sorted and filtered by, and not be asked for", async () => {
  const { list } = await world();
  await list({ sort: "stageEnteredAt", filter: { field: "stageEnteredAt", exists: true } });
  await expect(list({ fields: ["stageEnteredAt"] })).rejects.toMatchObject({
    errors: [{ pointer: "/query/fields/0" }],
  });
  await expect(list({ sort: "tags" })).rejects.toMatchObject({ errors: [{ pointer: "/query/sort" }] });
});

test("A4 the way of reading is kept from page to page, however sizes change", async () => {
  const { deals } = await world();
  const store = fakeRecordStore<Opportunity>();
  for (const deal of deals) await store.create(deal);
  let size = 10;
  const deps = fakeListing({
    kind: listedOpportunities,
    records: store,
    teams: directory,
    sizes: async () => () => size,
  });
  const seen: string[] = [];
  let after: Record<string, unknown> | undefined;
  do {
    const page: Awaited<ReturnType<typeof listRecords<Opportunity>>> = await listRecords(
      { query: { limit: 7, sort: "-amountMinor" }, after },
      deps,
    );
    seen.push(...page.items.map(({ id }) => id));
    after = page.next;
    // The next page would be read in another way, if it were the first.
    size = size === 10 ? 900 : 10;
  } while (after);
  expect(seen.toSorted()).toEqual(deals.map(({ id }) => id).sort());
});

test("A4 lanes that turn out too large are read in order where one is kept, and refused where none is", async () => {
  const { deals } = await world();
  const store = fakeRecordStore<Opportunity>();
  for (let index = 0; index < 26; index++) {
    for (const deal of deals) await store.create({ ...deal, id: `opp_${10 + index}${deal.id.slice(6)}` });
  }
  const deps = fakeListing({
    kind: listedOpportunities,
    records: store,
    teams: directory,
    sizes: async () => () => 10,
  });
  const { items } = await listRecords({ query: { limit: 5, sort: "-amountMinor" } }, deps);
  expect(items).toHaveLength(5);
  await expect(listRecords({ query: { limit: 5, sort: "name" } }, deps)).rejects.toMatchObject({
    code: "query_too_expensive",
    alternatives: [
      expect.stringMatching(/updatedAt, expectedCloseDate, amountMinor/),
      expect.stringContaining("accountId"),
      expect.stringContaining("one status (open, won, lost)"),
    ],
  });
  // Leads have a status, and no order that is kept by it.
  const leads = { ...deps, kind: listedLeads, sizes: async () => () => 10_000 };
  await expect(listRecords({ query: { limit: 5, sort: "name" } }, leads)).rejects.toMatchObject({
    code: "query_too_expensive",
    alternatives: [expect.stringContaining("Sort by updatedAt,"), expect.stringContaining("on ownerId, teamId")],
  });
});
