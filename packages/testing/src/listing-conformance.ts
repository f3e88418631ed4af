import type { Opportunity } from "@shangji/contracts/opportunities/schemas";
import { defaultRules } from "@shangji/core/access/default-policy";
import { guardRecords } from "@shangji/core/access/guard-records";
import { isVisible, type Viewer, visibilityOf } from "@shangji/core/access/viewer";
import { foldName } from "@shangji/core/kit/fold";
import type { Stored } from "@shangji/core/kit/record";
import { type ListDeps, type ListedQuery, listRecords } from "@shangji/core/lists/list-records";
import type { LaneSizes } from "@shangji/core/lists/listed-kind";
import { listedOpportunities } from "@shangji/core/opportunities/listed-opportunities";
import type { Opportunities } from "@shangji/core/opportunities/ports";
import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { fakeListing } from "./fakes/listing.ts";
import { fakeRecordStore } from "./fakes/record-store.ts";
import { anyFilter, opportunitiesOf, owners, teams } from "./listed-world.ts";
import { naivelyMeets } from "./naive-condition.ts";
import { testViewer } from "./world.ts";

type Deal = Stored<Opportunity>;

const count = 80;
const kept = ["updatedAt", "expectedCloseDate", "amountMinor"];
const sorted = ["stageEnteredAt", "name", "createdAt", "closedAt"];

/** What every list of opportunities promises, whatever it is asked and by whom. `open` gives an empty store. */
export function listingConformance(name: string, open: () => Promise<Opportunities>, { runs }: { runs: number }): void {
  describe(name, () => {
    const deals = fc.sample(opportunitiesOf(count), { numRuns: 1, seed: 20_261_102 })[0] ?? [];
    const viewers = viewersOf(deals);
    let store: Opportunities;
    beforeAll(async () => {
      store = await open();
      for (const deal of deals) await store.create(deal);
    });

    const listing = async (viewer: Viewer, isLarge = false): Promise<ListDeps<Opportunity>> => ({
      ...fakeListing({
        kind: listedOpportunities,
        records: guardRecords(store, "opportunity", viewer),
        viewer,
        sizes: async () => (isLarge ? largeLanes : sizeIn(deals)),
      }),
      teams: await directoryOf(teams),
    });

    const cases = Object.entries(viewers).flatMap(([who, viewer]) => [
      { who, viewer, lanes: "small", sorts: [...kept, ...sorted] },
      { who, viewer, lanes: "large", sorts: kept },
    ]);
    test.each(cases)(
      "A4 pages hold what meets the filter and may be seen, each once and in order, for $who over $lanes lanes",
      async ({ viewer, lanes, sorts }) => {
        const deps = await listing(viewer, lanes === "large");
        const visibility = visibilityOf(viewer, { entity: "opportunity", action: "read" });
        const visible = deals.filter((deal) => isVisible(visibility, deal));
        expect(visible.length).toBeGreaterThan(3);
        const asked = fc.record({
          filter: fc.option(anyFilter, { nil: undefined }),
          sort: fc.tuple(fc.constantFrom("", "-"), fc.constantFrom(...sorts)).map(([way, field]) => way + field),
          limit: fc.integer({ min: 4, max: 30 }),
        });
        await fc.assert(
          fc.asyncProperty(asked, async (query) => {
            const { filter, sort } = query;
            const { actor, ledTeamIds } = viewer;
            const reader = {
              userId: actor.userId,
              ...(actor.teamId ? { teamId: actor.teamId } : {}),
              teamIds: [...new Set([...(actor.teamId ? [actor.teamId] : []), ...ledTeamIds])],
              zone: "UTC",
            };
            const expected = visible.filter(
              (deal) => !filter || naivelyMeets(filter, deal, listedOpportunities.fields, reader),
            );
            const seen = await readThrough(query, deps);
            expect(seen.map(({ id }) => id).sort()).toEqual(expected.map(({ id }) => id).sort());
            expect(seen.map((deal) => naiveValue(deal, sort))).toEqual(inOrder(expected, sort));
          }),
          { numRuns: runs },
        );
      },
    );

    test("A4 a list goes on where it was, while records are added and others move to its front", async () => {
      const [admin] = Object.values(viewers);
      const deps = await listing(admin ?? testViewer());
      const first = await listRecords({ query: { limit: 30, sort: "-amountMinor" } }, deps);
      const [moved] = first.items;
      if (!moved) throw new Error("no deal");
      await store.update(moved, { ...moved, version: 2, updatedAt: "2026-11-03T00:00:00.000Z" });
      const rest = await readThrough({ limit: 30, sort: "-amountMinor" }, deps, first.next);
      const ids = [...first.items, ...rest].map(({ id }) => id);
      expect(ids.sort()).toEqual(deals.map(({ id }) => id).sort());
    });
  });
}

function viewersOf(deals: readonly Deal[]): Record<string, Viewer> {
  const { roles } = defaultRules;
  const seller = { userId: owners[0] ?? "", teamId: teams[0] ?? "" };
  const own = { ...roles.rep, opportunity: { ...roles.rep.opportunity, read: "own" } } as const;
  const shares = deals
    .filter(({ ownerId, teamId }) => ownerId !== seller.userId && teamId !== seller.teamId)
    .slice(0, 4)
    .map(({ id }) => ({ recordId: id, level: "read" as const }));
  return {
    "an admin": testViewer({ userId: owners[0] ?? "" }),
    "a seller with a team": testViewer({ ...seller, role: "rep" }),
    "a seller with shared deals": testViewer({ ...seller, role: "rep", shares }),
    "a leader of two teams": testViewer({ ...seller, role: "manager", ledTeamIds: [teams[1] ?? ""] }),
    "who sees own deals only": {
      ...testViewer({ ...seller, role: "rep" }),
      rules: { roles: { ...roles, rep: own } },
    },
  };
}

/** As in an organisation of many deals, whose lanes are too large to be read as a whole; but for one owner's. */
const largeLanes: LaneSizes = ({ by }) => (by === "owner" ? 900 : 20_000);

/** Exact sizes of lanes, as aggregates tell them. */
function sizeIn(deals: readonly Deal[]): LaneSizes {
  const field = { owner: "ownerId", team: "teamId", stage: "stageId", account: "accountId" } as const;
  return ({ by, id, status }) =>
    deals.filter((deal) => (deal[field[by]] ?? "-") === id && (status === undefined || deal.status === status)).length;
}

async function directoryOf(ids: readonly string[]) {
  const store = fakeRecordStore<{ id: string; version: number; updatedAt: string; name: string; createdAt: string }>();
  const at = "2026-01-01T00:00:00.000Z";
  const change = { actorId: "system", at, command: "test", source: "system", requestId: "test" } as const;
  for (const id of ids) await store.create({ id, name: id, version: 1, createdAt: at, updatedAt: at, change });
  return store;
}

/** Follows the pages; each position goes through JSON, as it does in a cursor. */
async function readThrough(
  query: ListedQuery,
  deps: ListDeps<Opportunity>,
  from?: Record<string, unknown>,
): Promise<Deal[]> {
  const seen: Deal[] = [];
  let after = from;
  do {
    const page = await listRecords({ query, after }, deps);
    expect(page.items.length).toBeLessThanOrEqual(query.limit);
    seen.push(...page.items);
    after = page.next && JSON.parse(JSON.stringify(page.next));
  } while (after);
  return seen;
}

function naiveValue(deal: Deal, sort: string): string | number | undefined {
  const field = sort.replace("-", "");
  if (field === "amountMinor") return deal.baseAmountMinor;
  if (field === "stageEnteredAt") return deal.history.at(-1)?.enteredAt;
  const value = (deal as unknown as Record<string, string | undefined>)[field]; // the other sorts are texts of a deal
  if (field === "name") return foldName(value ?? "");
  return field === "closedAt" && value !== undefined ? new Date(value).toISOString() : value;
}

/** The values in order: those that are missing come last. */
function inOrder(deals: readonly Deal[], sort: string): (string | number | undefined)[] {
  const values = deals.map((deal) => naiveValue(deal, sort));
  const known = values.filter((value) => value !== undefined);
  known.sort((left, right) => (left < right ? -1 : Number(left > right)));
  if (sort.startsWith("-")) known.reverse();
  return [...known, ...values.filter((value) => value === undefined)];
}
