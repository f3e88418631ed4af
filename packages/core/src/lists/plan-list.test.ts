import type { Condition } from "@shangji/contracts/kit/condition";
import { testViewer } from "@shangji/testing/world";
import { describe, expect, test } from "vitest";
import type { Visibility } from "../access/viewer.ts";
import { resolveCondition } from "../conditions/resolve-condition.ts";
import type { LanePart } from "../kit/record.ts";
import { listedOpportunities as kind } from "../opportunities/listed-opportunities.ts";
import type { LaneSizes } from "./listed-kind.ts";
import { affordablePlans, possiblePlans } from "./plan-list.ts";
import { readerOf } from "./question.ts";
import { sortBy } from "./sort.ts";

const reader = readerOf({
  viewer: testViewer({ userId: "usr_1", teamId: "team_1" }),
  clock: { now: () => new Date("2026-11-02T08:30:00.000Z") },
  zone: "UTC",
});
const hidden: ReadonlySet<string> = new Set();
const { fields } = kind;

/** An organisation of 100,000 deals. */
const large: LaneSizes = ({ by, id, status }) => {
  if (by === "account") return undefined;
  if (by === "owner") return id === "usr_busy" ? 5_000 : 300;
  if (by === "stage") return id === "stg_small" ? 40 : 30_000;
  return status === undefined ? 25_000 : 8_000;
};

interface Asked {
  filter?: Condition;
  sort?: string;
  visibility?: Visibility;
  sizes?: LaneSizes;
  teamIds?: string[];
}

function plansOf({ filter, sort = "-updatedAt", visibility, sizes = large, teamIds = ["team_1", "team_2"] }: Asked) {
  const where = filter
    ? resolveCondition(filter, { fields, hidden, reader, pointer: "" })
    : ({ form: "all", parts: [] } as const);
  const wanted = { kind, where, sort: sortBy(sort, { fields, hidden, pointer: "" }), visibility, teamIds };
  return affordablePlans(possiblePlans(wanted), sizes, 50);
}

const best = (asked: Asked) => plansOf(asked)[0];
const shown = (lanes: readonly LanePart[] = []) =>
  lanes.map(({ by, id, status }) => [by, id, status].filter((part) => part !== undefined).join(" "));

const own = { field: "ownerId", eq: "me" };
const open = { field: "status", eq: "open" };
const team: Visibility = { ownerId: "usr_1", teamIds: ["team_1"], recordIds: [] };

describe("A4 the cheapest way to read", () => {
  test.each<[string, Asked, { name: string; lanes: string[]; order?: string }]>([
    [
      "everything is the lanes of all teams, in order",
      {},
      { name: "all", lanes: ["team team_1", "team team_2", "team -"], order: "updated" },
    ],
    ["an owner's is the owner's lane", { filter: own }, { name: "owner", lanes: ["owner usr_1"], order: "updated" }],
    [
      "an owner's in a stage is the smaller of two lanes",
      { filter: { all: [own, { field: "stageId", eq: "stg_small" }] } },
      { name: "stage", lanes: ["stage stg_small"], order: "updated" },
    ],
    [
      "several owners' is the lanes of all of them",
      { filter: { field: "ownerId", in: ["usr_2", "me"] } },
      { name: "owner", lanes: ["owner usr_2", "owner usr_1"], order: "updated" },
    ],
    [
      "an owner's by name is that lane as a whole",
      { filter: own, sort: "name" },
      { name: "owner", lanes: ["owner usr_1"] },
    ],
    [
      "an account's is its lane, which nobody counts",
      { filter: { field: "accountId", eq: "acc_1" }, sort: "amountMinor" },
      { name: "account", lanes: ["account acc_1"] },
    ],
    [
      "all open ones by amount is an order of its own",
      { filter: open, sort: "-amountMinor" },
      { name: "amount", lanes: ["team team_1 open", "team team_2 open", "team - open"], order: "amount" },
    ],
    [
      "of one team and two statuses by closing date is two parts of that order",
      {
        filter: {
          all: [
            { field: "teamId", eq: "team_2" },
            { field: "status", in: ["won", "lost"] },
          ],
        },
        sort: "expectedCloseDate",
      },
      { name: "closing", lanes: ["team team_2 won", "team team_2 lost"], order: "closing" },
    ],
    [
      "what one may see is the own lane and the team's",
      { visibility: team },
      { name: "visible", lanes: ["owner usr_1", "team team_1"], order: "updated" },
    ],
    [
      "of a large stage what one may see is read by what one may see",
      { visibility: team, filter: { field: "stageId", eq: "stg_large" } },
      { name: "visible", lanes: ["owner usr_1", "team team_1"], order: "updated" },
    ],
    [
      "what nobody can meet is in no lane",
      { filter: { all: [own, { field: "ownerId", eq: "usr_2" }] }, sort: "name" },
      { name: "owner", lanes: [] },
    ],
  ])("%s", (_name, asked, expected) => {
    const { name, lanes, order } = best(asked) ?? {};
    expect({ name, lanes: shown(lanes), ...(order ? { order } : {}) }).toEqual(expected);
  });

  test("a range of the order is all that is read of it", () => {
    const closing = { field: "expectedCloseDate", gte: { start: "month" as const }, lt: "2026-12-01" };
    expect(best({ filter: { all: [open, closing] }, sort: "expectedCloseDate" })?.range).toEqual({
      from: "2026-11-01",
      to: "2026-12-01",
    });
    const amount = { field: "amountMinor", currency: "USD", gte: 5 };
    // Amounts of another currency are in another order.
    expect(best({ filter: { all: [open, amount] }, sort: "amountMinor" })?.range).toBeUndefined();
  });

  test("a choice is no promise: what may hold or not names no lane", () => {
    const filter: Condition = { any: [own, { field: "stageId", eq: "stg_small" }] };
    expect(best({ filter })?.name).toBe("all");
    expect(best({ filter: { not: own } })?.name).toBe("all");
  });

  test("what is sorted in no order that is kept is refused when its lanes are too large", () => {
    expect(plansOf({ sort: "name" })).toEqual([]);
    expect(plansOf({ sort: "name", filter: { field: "ownerId", eq: "usr_busy" } })).toEqual([]);
    expect(plansOf({ sort: "stageEnteredAt", filter: { field: "stageId", eq: "stg_large" } })).toEqual([]);
    expect(best({ sort: "stageEnteredAt", filter: { field: "stageId", eq: "stg_small" } })?.name).toBe("stage");
  });

  test("an order beside which a caller owns too much to read is no way", () => {
    const busy: Visibility = { ownerId: "usr_busy", teamIds: ["team_1"], recordIds: [] };
    expect(plansOf({ sort: "amountMinor", visibility: busy })).toEqual([]);
    expect(best({ sort: "amountMinor", visibility: team })).toMatchObject({
      name: "amount",
      beside: [{ by: "owner", id: "usr_1" }],
      besideShared: true,
    });
  });

  test("however many teams there are, the latest changes can be read, and other orders not", () => {
    const teamIds = Array.from({ length: 150 }, (_, index) => `team_${index}`);
    expect(best({ teamIds })?.lanes).toHaveLength(151);
    expect(plansOf({ teamIds, sort: "amountMinor" })).toEqual([]);
    expect(
      best({ teamIds, sort: "amountMinor", filter: { all: [open, { field: "teamId", eq: "team_7" }] } })?.name,
    ).toBe("amount");
  });
});
