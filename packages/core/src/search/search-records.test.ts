import type { AccessRules, OwnedEntity, Scope } from "@shangji/contracts/access/schemas";
import { idPrefixes } from "@shangji/contracts/kit/entities";
import { memorySearchIndex } from "@shangji/testing/fakes/search-index";
import { testViewer } from "@shangji/testing/world";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { defaultRules } from "../access/default-policy.ts";
import { hiddenFields } from "../access/field-rules.ts";
import { guardRecords } from "../access/guard-records.ts";
import { isVisible, type Viewer, visibilityOf } from "../access/viewer.ts";
import type { GraveStore, LaneStore, ListPosition, PartStore, RecordStore, Stored } from "../kit/record.ts";
import { documentOf, searchedFields } from "./document.ts";
import { indexedState } from "./indexed-state.ts";
import { matchedField } from "./matching.ts";
import type { FoundRecord, ListPart, SearchIndex } from "./ports.ts";
import { readQuery } from "./query.ts";
import { searchRecords } from "./search-records.ts";

type Found = Stored<
  FoundRecord & { version: number; createdAt: string; updatedAt: string; email?: string; phone?: string }
>;
interface Known {
  kind: OwnedEntity;
  record: Found;
}

const at = "2026-11-02T08:30:00.000Z";
const change = { actorId: "usr_1", at, command: "x", source: "api", requestId: "r" } as const;

function known(kind: OwnedEntity, place: number, fields: Partial<Found>): Known {
  const id = `${idPrefixes[kind]}_${String(place).padStart(26, "0")}`;
  return { kind, record: { id, name: "x", version: 1, createdAt: at, updatedAt: at, change, ...fields } };
}

function guarded(all: readonly Known[], kind: OwnedEntity, viewer: Viewer) {
  const getParts = async (ids: readonly string[]) =>
    new Map(all.flatMap(({ record }) => (ids.includes(record.id) ? [[record.id, record] as const] : [])));
  // Nothing else of a store is used.
  const store = { getParts } as unknown as RecordStore<Found> & PartStore<Found> & LaneStore<Found> & GraveStore<Found>;
  return guardRecords<Found, typeof store>(store, kind, viewer);
}

function depsFor(all: readonly Known[], viewer: Viewer, index = indexOf(all)) {
  const records = {
    account: guarded(all, "account", viewer),
    contact: guarded(all, "contact", viewer),
    opportunity: guarded(all, "opportunity", viewer),
    lead: guarded(all, "lead", viewer),
  };
  return { index, records, viewer };
}

const indexOf = (all: readonly Known[]) =>
  memorySearchIndex(all.map(({ kind, record }) => indexedState(kind, { ...record })));

/** Every page, and the most that the index has cost for one. */
async function allPages(query: Parameters<typeof searchRecords>[0]["query"], deps: ReturnType<typeof depsFor>) {
  const ids: string[] = [];
  let [after, pages, most]: [ListPosition | undefined, number, number] = [undefined, 0, 0];
  do {
    let units = 0;
    const index: SearchIndex = {
      async read(list, from): Promise<ListPart> {
        const part = await deps.index.read(list, from);
        units += part.readUnits;
        return part;
      },
    };
    const page: Awaited<ReturnType<typeof searchRecords>> = await searchRecords({ query, after }, { ...deps, index });
    ids.push(...page.items.map(({ id }) => id));
    expect(page.items.length).toBeLessThanOrEqual(query.limit);
    after = page.next && JSON.parse(JSON.stringify(page.next));
    [pages, most] = [pages + 1, Math.max(most, units + page.items.length)];
    expect(pages).toBeLessThan(300);
  } while (after);
  return { ids, pages, most };
}

/** All pages with the places where they end. */
async function pagesOf(query: Parameters<typeof searchRecords>[0]["query"], deps: ReturnType<typeof depsFor>) {
  const pages = [];
  let after: ListPosition | undefined;
  do {
    const page: Awaited<ReturnType<typeof searchRecords>> = await searchRecords({ query, after }, deps);
    pages.push({ ids: page.items.map(({ id }) => id), next: page.next });
    after = page.next;
  } while (after);
  return pages;
}

function viewerWith(
  read: Partial<Record<OwnedEntity, Scope>>,
  rest: Partial<Parameters<typeof testViewer>[0]> & { fields?: AccessRules["fields"] } = {},
) {
  const { rep } = defaultRules.roles;
  const of = (kind: OwnedEntity) => ({ ...rep[kind], read: read[kind] ?? ("all" as const) });
  const grants = {
    ...rep,
    account: of("account"),
    contact: of("contact"),
    opportunity: of("opportunity"),
    lead: of("lead"),
  };
  const { fields, ...actor } = rest;
  const rules = { roles: { ...defaultRules.roles, rep: grants }, ...(fields ? { fields } : {}) };
  return { ...testViewer({ userId: "usr_1", role: "rep", teamId: "team_1", ...actor }), rules };
}

const names = fc
  .array(fc.constantFrom("华为", "技术有限", "公司", "acme", "renewal", "renew", "ren", "b", "2026", "200"), {
    minLength: 1,
    maxLength: 4,
  })
  .map((parts) => parts.join(" "));
const record = fc.record({
  kind: fc.constantFrom<OwnedEntity>("account", "contact", "opportunity", "lead"),
  place: fc.nat(30),
  name: names,
  email: fc.constantFrom("ren@acme.com", "acme@renewal.cn", undefined),
  phone: fc.constantFrom("+86 138 0013 8000", "2026 1234", undefined),
  company: fc.option(names, { nil: undefined }),
  ownerId: fc.constantFrom("usr_1", "usr_2", "usr_3", undefined),
  teamId: fc.constantFrom("team_1", "team_2", "team_3", undefined),
});
const worlds = fc
  .uniqueArray(record, { minLength: 10, maxLength: 60, size: "max", selector: ({ kind, place }) => `${kind} ${place}` })
  .map((records) =>
    records.map(({ kind, place, name, email, phone, company, ownerId, teamId }) =>
      known(kind, place, {
        name,
        ownerId,
        teamId,
        ...((kind === "contact" || kind === "lead") && email ? { email } : {}),
        ...(kind !== "opportunity" && phone ? { phone } : {}),
        ...(kind === "lead" && company ? { company } : {}),
      }),
    ),
  );
const scopes = fc.constantFrom<Scope>("none", "own", "team", "subordinates", "all");
const fieldRules = fc.constantFrom<AccessRules["fields"]>(
  undefined,
  { rep: { contact: { email: "hidden" } } },
  { rep: { contact: { phone: "hidden" }, account: { phone: "hidden" } } },
  { rep: { lead: { phone: "hidden", email: "hidden" } } },
  { rep: { lead: { company: "hidden" } } },
);

test("A3 what is found is what the predicate finds among all visible records, newest first, each once, whatever the rules", async () => {
  let total = 0;
  await fc.assert(
    fc.asyncProperty(
      worlds,
      fc.constantFrom(
        "华为",
        "技术有限",
        "公司 华为",
        "ren",
        "renew",
        "renewal",
        "acme ren",
        "acme.com",
        "b",
        "a",
        "acme b",
        "2026",
        "138",
        "8000",
        "200 2026",
        "138 0013 8000",
        "华为 138",
      ),
      fc.record({ account: scopes, contact: scopes, opportunity: scopes, lead: scopes }),
      fc.record({
        limit: fc.integer({ min: 1, max: 20 }),
        fields: fieldRules,
        teams: fc.constantFrom(
          ["team_2"],
          ["team_2", "team_3"],
          Array.from({ length: 20 }, (_, team) => `team_${team + 2}`),
        ),
        shared: fc.array(fc.nat(30), { maxLength: 8 }),
      }),
      async (all, q, read, { limit, fields, teams, shared }) => {
        const shares = shared.map((place) => ({
          recordId: known("opportunity", place, {}).record.id,
          level: "read" as const,
        }));
        const viewer = viewerWith(read, { ledTeamIds: teams, shares, ...(fields ? { fields } : {}) });
        const expected = all
          .filter(
            ({ kind, record }) =>
              read[kind] !== "none" && isVisible(visibilityOf(viewer, { entity: kind, action: "read" }), record),
          )
          .filter(({ kind, record }) => {
            const visible = searchedFields[kind].filter((field) => !hiddenFields(viewer, kind).has(field));
            return matchedField(documentOf(kind, { ...record }), readQuery(q), { fields: visible });
          })
          .sort((left, right) => (order(left) < order(right) ? -1 : 1));
        const { ids } = await allPages({ q, limit }, depsFor(all, viewer));
        expect(ids).toEqual(expected.map(({ record: { id } }) => id));
        total += ids.length;
      },
    ),
    { numRuns: 500 },
  );
  expect(total).toBeGreaterThan(1_000);
});

/** Newest first; of one instant by kind. */
function order({ kind, record }: Known): string {
  const place = Number(record.id.split("_")[1]);
  return `${String(1000 - place).padStart(5, "0")} ${["opportunity", "lead", "contact", "account"].indexOf(kind)}`;
}

describe("A3 what a page reads is bounded", () => {
  const many = Array.from({ length: 5_000 }, (_, place) =>
    known("opportunity", place, {
      name: `华为 renewal ${place} 公司`,
      ownerId: place % 50 === 0 ? "usr_1" : "usr_2",
      teamId: `team_${place % 200}`,
    }),
  );
  const index = indexOf(many);

  test.each<[string, string, Viewer, number]>([
    ["a word that all have", "renewal", viewerWith({}), 20],
    ["a word that all have, beside a rare one", "renewal 4711", viewerWith({}), 20],
    ["a common pair of letters beside a rare word", "公司 4711", viewerWith({}), 20],
    ["two common words that no name has in this order", "公司华为", viewerWith({}), 20],
    ["what only few of all may be seen of", "华为", viewerWith({ opportunity: "own" }), 10],
    [
      "more teams than are read one by one",
      "华为",
      viewerWith(
        { opportunity: "subordinates" },
        { ledTeamIds: Array.from({ length: 30 }, (_, team) => `team_${team * 3}`) },
      ),
      20,
    ],
    [
      "digits in every kind and field",
      "470",
      viewerWith({ account: "team", contact: "team", opportunity: "team" }),
      20,
    ],
    [
      "two hundred shared records, few of which match",
      "4711",
      viewerWith(
        { opportunity: "own" },
        { shares: many.slice(0, 200).map(({ record }) => ({ recordId: record.id, level: "read" })) },
      ),
      10,
    ],
  ])("%s", async (_name, q, viewer, limit) => {
    const { most, ids } = await allPages({ q, limit }, depsFor(many, viewer, index));
    // A hit takes half a unit, and its account another half.
    expect(most).toBeLessThanOrEqual(30);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test("a rare word beside a common one costs one page", async () => {
    for (const q of ["renewal 4711", "公司 4711", "华为 4711 renewal"]) {
      const { pages, ids } = await allPages({ q, limit: 10 }, depsFor(many, viewerWith({}), index));
      expect({ q, pages, ids: ids.length }).toEqual({ q, pages: 1, ids: 1 });
    }
  });

  test("a kind that may not be read is refused when it is named, and left out when it is not", async () => {
    const viewer = viewerWith({ opportunity: "none" });
    expect((await allPages({ q: "华为", limit: 10 }, depsFor(many, viewer, index))).ids).toEqual([]);
    const asked = searchRecords(
      { query: { q: "华为", entity: ["opportunity"], limit: 10 } },
      depsFor(many, viewer, index),
    );
    await expect(asked).rejects.toMatchObject({ code: "forbidden" });
  });
});

/** What is left of a world when all is taken out of it that a viewer may not see. */
function visibleTo(viewer: Viewer, all: readonly Known[]): Known[] {
  const seen = all.filter(({ kind, record }) =>
    isVisible(visibilityOf(viewer, { entity: kind, action: "read" }), record),
  );
  return seen.map(({ kind, record }) => {
    const hidden = hiddenFields(viewer, kind);
    return {
      kind,
      record: Object.fromEntries(Object.entries(record).filter(([field]) => !hidden.has(field))) as Found,
    };
  });
}

test("A3 no page tells of what is hidden: each is the same, and ends at the same place, as if that were not there", async () => {
  let told = 0;
  await fc.assert(
    fc.asyncProperty(
      worlds,
      fc.constantFrom("华为", "ren", "renewal", "acme.com", "acme ren", "138", "8000", "b"),
      fc.record({ account: scopes, contact: scopes, opportunity: scopes, lead: scopes }),
      fc.record({ limit: fc.integer({ min: 1, max: 5 }), fields: fieldRules, teams: fc.constantFrom(1, 20) }),
      async (all, q, read, { limit, fields, teams }) => {
        const ledTeamIds = Array.from({ length: teams }, (_, team) => `team_${team + 2}`);
        const viewer = viewerWith(read, { ledTeamIds, ...(fields ? { fields } : {}) });
        const visible = visibleTo(viewer, all);
        const pages = await Promise.all([all, visible].map((world) => pagesOf({ q, limit }, depsFor(world, viewer))));
        expect(pages[0]).toEqual(pages[1]);
        if (visible.length < all.length || fields) told += pages[0]?.length ?? 0;
      },
    ),
    { numRuns: 400 },
  );
  expect(told).toBeGreaterThan(400);
});

test("A3 a hidden address beside one of the caller's own is not told by whether the list goes on", async () => {
  const own = known("contact", 9, { name: "王", email: "ren@acme.com", ownerId: "usr_1" });
  const hidden = known("lead", 3, { name: "李", email: "ren@acme.com", ownerId: "usr_1" });
  const viewer = viewerWith({}, { fields: { rep: { lead: { email: "hidden" } } } });
  const page = await searchRecords({ query: { q: "ren@acme.com", limit: 1 } }, depsFor([own, hidden], viewer));
  expect(page).toMatchObject({ items: [{ id: own.record.id }] });
  expect(page.next).toBeUndefined();
});

test("A3 a hidden address among very many records of the caller's own does not move the place where a page ends", async () => {
  const decoys = Array.from({ length: 300 }, (_, place) => known("contact", place, { name: "renewal" }));
  const hidden = known("lead", 150, { name: "李", email: "renewable@acme.com" });
  const viewer = viewerWith({}, { fields: { rep: { lead: { email: "hidden" } } } });
  const pages = await Promise.all(
    [decoys, [...decoys, hidden]].map((world) => pagesOf({ q: "renewed", limit: 5 }, depsFor(world, viewer))),
  );
  expect(pages[0]?.length).toBeGreaterThan(1);
  expect(pages[1]).toEqual(pages[0]);
});

test("A3 who may not see all of a kind is shown what the records say, and not what the index says too late", async () => {
  const renamed = known("account", 1, { name: "华为" });
  const gone = known("account", 2, { name: "华为" });
  const stays = known("account", 3, { name: "华为", industry: "telecom" });
  const moved = known("opportunity", 4, { name: "华为", ownerId: "usr_1" });
  const index = indexOf([renamed, gone, stays, moved]);
  const now = [
    known("account", 1, { name: "联想" }),
    stays,
    known("opportunity", 4, { name: "华为", ownerId: "usr_2" }),
  ];
  const shownTo = async (viewer: Viewer) =>
    (await searchRecords({ query: { q: "华为", limit: 10 } }, depsFor(now, viewer, index))).items;
  const hit = { entity: "account", id: stays.record.id, name: "华为", subtitle: "telecom", matched: "name" };
  const hidesPhones = { fields: { rep: { account: { phone: "hidden" } } } } as const;
  expect(await shownTo(viewerWith({ opportunity: "own" }, hidesPhones))).toEqual([hit]);
  const hidesIndustries = { fields: { rep: { account: { industry: "hidden" } } } } as const;
  expect(await shownTo(viewerWith({ opportunity: "own" }, hidesIndustries))).toMatchObject([{ id: hit.id }]);
  // Whoever may see all of a kind is shown what the index says.
  const later = await shownTo(viewerWith({ opportunity: "own" }));
  expect(later.map(({ id }) => id)).toEqual([3, 2, 1].map((place) => known("account", place, {}).record.id));
});

test("A3 hits of who may see all of a kind are shown without a record being read, unless a text is too long for an entry", async () => {
  const long = "renewal ".repeat(12);
  const [short, cut, untold] = [
    known("lead", 1, { name: "Renewal 华为", company: "Acme" }),
    known("lead", 2, { name: long }),
    known("lead", 3, { name: "renewal", company: long }),
  ];
  const read: string[] = [];
  const deps = depsFor([short, cut, untold], viewerWith({}));
  const { getParts } = deps.records.lead;
  deps.records.lead.getParts = (ids, fields) => {
    read.push(...ids);
    return getParts(ids, fields);
  };
  const { items } = await searchRecords({ query: { q: "ren", limit: 10 } }, deps);
  expect(items.map(({ name, subtitle }) => [name, subtitle])).toEqual([
    ["renewal", long],
    [long, undefined],
    ["Renewal 华为", "Acme"],
  ]);
  expect(read).toEqual([untold, cut].map(({ record }) => record.id));
});

test("A3 a hit names its account, unless that or its being of the account is hidden from the caller", async () => {
  const account = known("account", 1, { name: "Huawei", ownerId: "usr_2" });
  const contact = known("contact", 2, { name: "王芳", accountId: account.record.id, ownerId: "usr_1" });
  const subtitle = async (viewer: Viewer) =>
    (await searchRecords({ query: { q: "王芳", limit: 5 } }, depsFor([account, contact], viewer))).items.map(
      (hit) => hit.subtitle,
    );
  expect(await subtitle(viewerWith({}))).toEqual(["Huawei"]);
  expect(await subtitle(viewerWith({ account: "own" }))).toEqual([undefined]);
  expect(await subtitle(viewerWith({}, { fields: { rep: { contact: { accountId: "hidden" } } } }))).toEqual([
    undefined,
  ]);
  expect(await subtitle(viewerWith({}, { scopes: ["contact:read"] }))).toEqual([undefined]);
});
