import type { Lead } from "@shangji/contracts/leads/schemas";

import { testClock, testContext } from "@shangji/testing/world";
import { describe, expect, test } from "vitest";
import type { Stored } from "../../kit/record.ts";
import { type BacktestDeps, backtestAssignment } from "./backtest.ts";

const userId = "usr_00000000000000000000000001";
const period = { from: "2026-10-01", to: "2026-11-01" };

/** A store with so many leads of October, and before them those that were made earlier and have changed since. */
function world(ofPeriod: number, changedSince = 0) {
  let pages = 0;
  const perPage = 500;
  const all = Array.from(
    { length: changedSince + ofPeriod },
    (_, index) =>
      ({
        id: `lead_${String(index).padStart(26, "0")}`,
        name: "L",
        status: "working",
        createdAt: index < changedSince ? "2026-09-01T02:00:00.000Z" : "2026-10-05T02:00:00.000Z",
      }) as Stored<Lead>, // what is looked at
  );
  const deps = {
    leads: {
      async select({ where }: { where(lead: Stored<Lead>): boolean }, { after }: { after?: { at: number } }) {
        pages += 1;
        const at = after?.at ?? 0;
        const items = all.slice(at, at + perPage).filter(where);
        return at + perPage < all.length ? { items, next: { at: at + perPage } } : { items };
      },
    },
    scores: { ofMany: async () => new Map() },
    accountOwners: { ownersOf: async () => [] },
    ruleSets: {
      get: async () => ({
        rules: [{ id: "all", enabled: true, target: { kind: "user", userId } }],
        guards: {},
        version: 1,
      }),
    },
    calendars: { get: async () => undefined },
    users: { all: async () => [{ id: userId, name: "Lin", active: true }] },
    teams: { all: async () => [] },
    pools: { all: async () => [] },
    settings: { zone: "Asia/Shanghai" },
    context: testContext({ clock: testClock("2026-11-27T02:00:00.000Z") }),
  } as unknown as BacktestDeps; // the store pages by numbers of its own
  return { run: () => backtestAssignment(period, deps), pagesRead: () => pages };
}

describe("B3 a backtest", () => {
  test("looks at two thousand leads", async () => {
    const { run } = world(2_000);
    expect(await run()).toMatchObject({ leads: 2_000, assigned: 2_000, people: [{ userId, leads: 2_000 }] });
  });

  test.each([
    ["two thousand and one", 2_001, 0, 5],
    ["ten thousand", 10_000, 0, 5],
    ["few, behind a hundred thousand that have changed since,", 10, 100_000, 10],
  ])("is refused for a period with %s after a bounded number of pages", async (_, ofPeriod, changedSince, most) => {
    const { run, pagesRead } = world(ofPeriod, changedSince);
    await expect(run()).rejects.toMatchObject({ code: "query_too_expensive" });
    expect(pagesRead()).toBeLessThanOrEqual(most);
  });
});
