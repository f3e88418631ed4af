import { NewPool, type Pool, PoolReturn } from "@shangji/contracts/pools/schemas";
import { testViewer } from "@shangji/testing/world";
import { describe, expect, test } from "vitest";
import { failedClaimRules, failedHoldingRule } from "./claim-rules.ts";
import { poolForNobodys } from "./default-pool.ts";
import { maskedEmail, maskedPhone } from "./mask-contact.ts";
import { hasPart, runsPool, seesPool } from "./part-in-pool.ts";

const userId = "usr_01JD7Z3Q5V9W0X2Y4Z6A8B0C1D";
const other = "usr_01JD7Z3Q5V9W0X2Y4Z6A8B0C1E";
const teamId = "team_01JD7Z3Q5V9W0X2Y4Z6A8B0C1D";

const poolOf = (fields: Partial<NewPool> = {}): Pool => ({
  ...NewPool.parse({ name: { en: "Sea" }, ...fields }),
  id: "pool_01JD7Z3Q5V9W0X2Y4Z6A8B0C1D",
  version: 1,
  createdAt: "2026-11-01T00:00:00.000Z",
  updatedAt: "2026-11-01T00:00:00.000Z",
});

const limits = { holdingCap: 5, claimsPerDay: 3, waitDaysForPreviousOwner: 2, lockHoursAfterEntry: 4 };
const entry = { at: "2026-11-02T08:00:00.000Z", previousOwnerId: userId };
const rulesOf = (asked: { open?: number; claims?: number; now?: string; userId?: string; isAdmin?: boolean }) => {
  const { open = 0, claims = 0, now = "2026-11-10T00:00:00.000Z", isAdmin = false } = asked;
  const by = { open, claims, userId: asked.userId ?? userId, entry, now: new Date(now) };
  return failedClaimRules(poolOf(limits), by, { isAdmin }).map(({ rule }) => rule);
};

describe("B5 the rules of a pool", () => {
  test.each([
    ["nothing stands against it", {}, []],
    ["one below each cap", { open: 4, claims: 2 }, []],
    ["as many open leads as are allowed", { open: 5 }, ["holding_cap"]],
    ["the last claim of the day is used", { claims: 3 }, ["daily_cap"]],
    ["a moment before the lock ends", { now: "2026-11-02T11:59:59.999Z", userId: other }, ["locked"]],
    ["when the lock ends", { now: "2026-11-02T12:00:00.000Z", userId: other }, []],
    ["the previous owner a moment too early", { now: "2026-11-04T07:59:59.999Z" }, ["previous_owner"]],
    ["the previous owner in time", { now: "2026-11-04T08:00:00.000Z" }, []],
    [
      "all at once",
      { open: 9, claims: 9, now: "2026-11-02T08:00:00.000Z" },
      ["holding_cap", "daily_cap", "previous_owner", "locked"],
    ],
    [
      "an admin of the pool is bound by what may be held alone",
      { open: 9, claims: 9, now: "2026-11-02T08:00:00.000Z", isAdmin: true },
      ["holding_cap"],
    ],
  ])("hold when %s", (_when, asked, expected) => {
    expect(rulesOf(asked)).toEqual(expected);
  });

  test("say how far one is over, and from when it is allowed", () => {
    const asked = { open: 0, claims: 3, userId, entry, now: new Date("2026-11-02T09:00:00.000Z") };
    expect(failedClaimRules(poolOf(limits), asked, { isAdmin: false })).toMatchObject([
      { rule: "daily_cap", count: 3, max: 3 },
      { rule: "previous_owner", until: "2026-11-04T08:00:00.000Z" },
      { rule: "locked", until: "2026-11-02T12:00:00.000Z" },
    ]);
  });

  test("let in members, the people of its teams and those who run it, and nobody else", () => {
    const pool = poolOf({ memberIds: [userId], memberTeamIds: [teamId], adminIds: [other] });
    expect([
      hasPart(pool, { id: userId }),
      hasPart(pool, { id: "x", teamId }),
      hasPart(pool, { id: other }),
      hasPart(pool, { id: "x" }),
      runsPool(pool, testViewer({ userId, role: "rep" })),
      runsPool(pool, testViewer({ userId: other, role: "rep" })),
      seesPool(pool, testViewer({ userId: "x", role: "manager" })),
      seesPool(pool, testViewer({ userId: "x", role: "admin" })),
    ]).toEqual([true, true, true, false, false, true, false, true]);
  });
});

test("B5 of an address only the ends are shown, and of a short number nothing", () => {
  expect(maskedEmail("jing.chen@example.com")).toBe("j***@example.com");
  expect(maskedPhone("+86 138 0013 8000")).toBe("+86 1** **** **00");
  expect(maskedPhone("13800138000")).toBe("138******00");
  expect(maskedPhone("12-345")).toBe("**-***");
});

test("B5 the reason other needs words", () => {
  const request = { poolId: poolOf().id, reason: "other" };
  expect(PoolReturn.safeParse(request).error?.issues).toMatchObject([{ path: ["text"] }]);
  expect(PoolReturn.safeParse({ ...request, text: "再等等" }).success).toBe(true);
  expect(PoolReturn.safeParse({ ...request, reason: "no_need" }).success).toBe(true);
});

test("B5 an account with a won deal takes no place, however many its owner has", () => {
  const pool = poolOf({ holdingCap: 1 });
  expect(failedHoldingRule(pool, { open: 1, counted: { version: 1, won: 1 } })).toEqual([]);
  expect(failedHoldingRule(pool, { open: 1, counted: { version: 1 } })).toMatchObject([{ rule: "holding_cap" }]);
});

test("B5 pools of accounts take no leads that nobody is given, named or as the default", async () => {
  const leads = poolOf({ isDefault: true });
  const accounts = { ...poolOf({ entity: "account", isDefault: true }), id: "pool_01JD7Z3Q5V9W0X2Y4Z6A8B0C1E" };
  const change = { actorId: "", at: "", command: "test", source: "api" as const, requestId: "" };
  const pools = { all: async () => [leads, accounts].map((pool) => ({ ...pool, change })) };
  expect((await poolForNobodys(undefined, { pools }))?.id).toBe(leads.id);
  expect((await poolForNobodys(accounts.id, { pools }))?.id).toBe(leads.id);
});
