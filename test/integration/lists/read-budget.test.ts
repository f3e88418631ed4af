import { aggregatesIn } from "@shangji/aws/dynamo/analytics/aggregates";
import { opportunitiesIn } from "@shangji/aws/dynamo/opportunities/opportunities";
import { teamsIn } from "@shangji/aws/dynamo/people/teams";
import { pipelinesIn } from "@shangji/aws/dynamo/pipelines/pipelines";
import type { Opportunity } from "@shangji/contracts/opportunities/schemas";
import { guardRecords } from "@shangji/core/access/guard-records";
import { isVisible, type Viewer, visibilityOf } from "@shangji/core/access/viewer";
import type { Stored } from "@shangji/core/kit/record";
import { type ListDeps, type ListedQuery, listRecords, type ShownPage } from "@shangji/core/lists/list-records";
import { impliedStatus } from "@shangji/core/opportunities/implied-status";
import { laneSizesOf } from "@shangji/core/opportunities/lane-sizes";
import { listedOpportunities } from "@shangji/core/opportunities/listed-opportunities";
import { type DynamoDb, startDynamoDb } from "@shangji/testing/dynamodb";
import { fakeListing } from "@shangji/testing/fakes/listing";
import { type Meter, meteredClient } from "@shangji/testing/metered-client";
import { testViewer } from "@shangji/testing/world";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { clock, fillLargeWorld, needle, owners, teamOf, teams } from "./large-world.ts";

const count = 10_000;
/** What a page may read: a thousand records, or 250 that are looked up, and as much of an index as leads to them. */
const budget = 145;
/** What is read once in half a minute: totals, teams and pipelines. */
const directories = 20;

let db: DynamoDb;
let meter: Meter;
let deals: Stored<Opportunity>[];
let stages: string[];
let listing: (viewer: Viewer) => ListDeps<Opportunity>;

beforeAll(async () => {
  db = await startDynamoDb();
  const filled = await db.createTable();
  const world = await fillLargeWorld(filled, count);
  deals = world.deals;
  stages = world.pipeline.stages.map(({ id }) => id);
  meter = meteredClient(filled.client);
  const table = { ...filled, client: meter.client };
  const store = opportunitiesIn(table);
  const pipelines = pipelinesIn(table, clock);
  const sizes = laneSizesOf({ aggregates: aggregatesIn(table, clock), pipelines, clock });
  const directory = teamsIn(table, clock);
  listing = (viewer) =>
    fakeListing({
      kind: listedOpportunities,
      records: guardRecords(store, "opportunity", viewer),
      viewer,
      teams: directory,
      sizes,
      implied: (where) => impliedStatus(where, pipelines),
    });
}, 600_000);
afterAll(() => db.stop());

const admin = testViewer();
const rep = testViewer({ userId: owners[3] ?? "", teamId: teamOf(3), role: "rep" });
const open = { field: "status", eq: "open" };

interface Case {
  asked: string;
  query: () => Omit<ListedQuery, "limit">;
  viewer?: Viewer;
  meets: (deal: Opportunity) => boolean;
  sortedBy: (deal: Opportunity) => string | number;
  descending?: boolean;
  /** Read units of a page; less than the whole budget where an index has just what is wanted. */
  most?: number;
}

const everything = () => true;
const cases: Case[] = [
  {
    asked: "an owner's deals, latest change first",
    query: () => ({ owner: owners[3] ?? "" }),
    meets: ({ ownerId }) => ownerId === owners[3],
    sortedBy: ({ updatedAt }) => updatedAt,
    descending: true,
    most: 6,
  },
  {
    asked: "all deals by amount",
    query: () => ({ sort: "-amountMinor" }),
    meets: everything,
    sortedBy: ({ baseAmountMinor }) => baseAmountMinor,
    descending: true,
    most: 45,
  },
  {
    asked: "open deals by closing date",
    query: () => ({ filter: open, sort: "expectedCloseDate" }),
    meets: ({ status }) => status === "open",
    sortedBy: ({ expectedCloseDate = "9999" }) => expectedCloseDate,
    most: 35,
  },
  {
    asked: "a seller's team by amount",
    viewer: rep,
    query: () => ({ filter: open, sort: "-amountMinor" }),
    meets: ({ status }) => status === "open",
    sortedBy: ({ baseAmountMinor }) => baseAmountMinor,
    descending: true,
  },
  {
    asked: "a stage by amount",
    query: () => ({ stage: stages[1] ?? "", sort: "-amountMinor" }),
    meets: ({ stageId }) => stageId === stages[1],
    sortedBy: ({ baseAmountMinor }) => baseAmountMinor,
    descending: true,
  },
  {
    asked: "an owner's deals by the time in their stage",
    query: () => ({ filter: { all: [open, { field: "ownerId", eq: owners[3] ?? "" }] }, sort: "stageEnteredAt" }),
    meets: ({ status, ownerId }) => status === "open" && ownerId === owners[3],
    sortedBy: ({ history }) => history.at(-1)?.enteredAt ?? "",
  },
  {
    asked: "a seller's own deals by name",
    viewer: rep,
    query: () => ({ filter: { field: "ownerId", eq: "me" }, sort: "name" }),
    meets: ({ ownerId }) => ownerId === owners[3],
    sortedBy: ({ name }) => name,
  },
  {
    asked: "deals of a source in two stages",
    query: () => ({
      filter: {
        all: [
          { field: "source", eq: "WEB" },
          { field: "stageId", in: stages.slice(0, 2) },
        ],
      },
    }),
    meets: ({ source, stageId }) => source === "web" && stages.slice(0, 2).includes(stageId),
    sortedBy: ({ updatedAt }) => updatedAt,
    descending: true,
  },
];

describe("A4 among 10,000 deals a page stays within the read budget", () => {
  test.each(cases)("$asked", async ({ query, viewer = admin, meets, sortedBy, descending = false, most = budget }) => {
    const visibility = visibilityOf(viewer, { entity: "opportunity", action: "read" });
    const expected = deals.filter((deal) => isVisible(visibility, deal) && meets(deal)).map(sortedBy);
    expected.sort((left, right) => (left < right === descending ? 1 : Number(left !== right) * -1));
    const seen: Opportunity[] = [];
    let after: Record<string, unknown> | undefined;
    for (let page = 0; page < 4; page++) {
      meter.reset();
      const answer = await listRecords({ query: { ...query(), limit: 50 }, after }, listing(viewer));
      expect(meter.units()).toBeLessThanOrEqual(most + (page === 0 ? directories : 0));
      expect(answer.items.every(meets)).toBe(true);
      seen.push(...answer.items);
      after = answer.next;
      if (!after) break;
    }
    expect(seen.length).toBeGreaterThanOrEqual(Math.min(100, expected.length));
    expect(seen.map(sortedBy)).toEqual(expected.slice(0, seen.length));
    expect(new Set(seen.map(({ id }) => id)).size).toBe(seen.length);
  });

  test("what is rare is found in short pages, each within the budget", async () => {
    const found: string[] = [];
    let after: Record<string, unknown> | undefined;
    let pages = 0;
    do {
      meter.reset();
      const query = { filter: { field: "tags", contains: needle }, limit: 50 };
      const page: ShownPage<Opportunity> = await listRecords({ query, after }, listing(admin));
      expect(meter.units()).toBeLessThanOrEqual(budget + directories);
      found.push(...page.items.map(({ id }) => id));
      after = page.next;
      pages += 1;
    } while (after);
    expect(found).toHaveLength(2);
    expect(pages).toBeLessThanOrEqual(count / 1_000 + 1);
  });

  const refused: [asked: string, query: () => Omit<ListedQuery, "limit">, viewer: Viewer][] = [
    ["all deals by name", () => ({ sort: "name" }), admin],
    ["a large stage by the time in it", () => ({ stage: stages[0] ?? "", sort: "stageEnteredAt" }), admin],
    ["a team by name", () => ({ team: teams[0] ?? "", sort: "name" }), admin],
    ["a seller's team by opening", () => ({ sort: "openedAt" }), rep],
  ];
  test.each(refused)(
    "%s is refused before anything is read, with what can be asked instead",
    async (_asked, query, viewer) => {
      meter.reset();
      await expect(listRecords({ query: { ...query(), limit: 50 } }, listing(viewer))).rejects.toMatchObject({
        code: "query_too_expensive",
        errors: [{ pointer: "/query/sort" }],
        alternatives: expect.arrayContaining([expect.stringContaining("amountMinor")]),
      });
      expect(meter.units()).toBeLessThanOrEqual(directories);
    },
  );
});
