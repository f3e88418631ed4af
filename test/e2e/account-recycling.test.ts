import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { clientOf, eventually, raw } from "./api.ts";
import { type SignedIn, signedIn } from "./sign-in.ts";
import { nowOf, onceShown, toldTo, until } from "./timers.ts";

const admin = clientOf("admin");
const industry = `recycling-${randomUUID().slice(0, 8)}`;
const day = 86_400_000;
const entity = "account";

let first: SignedIn;
let poolId: string;

const rule = (fields: object = {}) => ({
  id: "ours",
  when: { field: "industry", eq: industry },
  after: {
    any: [
      { since: "opportunity", days: 10 },
      { since: "contractEnd", days: 5 },
    ],
  },
  ...{ warnDays: [2], poolId },
  ...fields,
});

async function put(rules: object[], kind: "lead" | "account" = entity) {
  const { version } = await admin.call("getRecyclingRules", { query: { entity: kind } });
  const headers = { "if-match": `"${version}"` };
  return raw(`/v1/recycling-rules?entity=${kind}`, { method: "PUT", role: "admin", body: { rules }, headers });
}

beforeAll(async () => {
  const team = await admin.call("createTeam", { body: { name: "Account managers" } });
  first = await signedIn("rep", team.id);
  // Functions that know all teams, people or pools look for new ones after half a minute.
  await until((await nowOf()) + 31_000);
  const pool = await admin.call("createPool", {
    body: { name: { en: "Accounts left alone" }, entity, memberTeamIds: [team.id] },
  });
  poolId = pool.id;
  await until((await nowOf()) + 31_000);
  expect((await put([rule()])).status).toBe(200);
  await until((await nowOf()) + 31_000);
}, 300_000);

afterAll(async () => {
  await put([]);
  await until((await nowOf()) + 31_000);
});

const recyclingOf = async (id: string) => (await admin.call("getAccountRecycling", { path: { id } })).recycling;
type Shown = NonNullable<Awaited<ReturnType<typeof recyclingOf>>>;

const countdownOf = (id: string, satisfies?: (shown: Shown) => boolean) => onceShown(() => recyclingOf(id), satisfies);

test("B6 rules for leads refuse days that are counted of accounts alone, in the reader's words, and are kept apart", async () => {
  const after = { all: [{ since: "contractEnd", days: 1 }] };
  const refused = await put([{ id: "x", after, poolId }], "lead");
  expect([refused.status, refused.body.code, refused.body.errors]).toEqual([
    422,
    "unknown_trigger",
    [{ pointer: "/body/rules/0/after/all/0/since", message: "is counted of accounts alone" }],
  ]);
  const inAccounts = (await raw("/v1/recycling-rules?entity=account", { role: "admin" })).text;
  const inLeads = (await raw("/v1/recycling-rules", { role: "admin" })).text;
  expect([inAccounts.includes(poolId), inLeads.includes(poolId)]).toEqual([true, false]);
});

describe("B6 an account that its owner leaves alone", () => {
  test("is counted from its opportunities and its contract's end, warned of, and in the pool on the day", async () => {
    const { id, version } = await admin.call("createAccount", { body: { name: "华为", industry, ownerId: first.id } });
    const begun = await countdownOf(id);
    expect(begun).toMatchObject({ state: "running", ownerId: first.id, poolId, ruleId: "ours" });
    expect(begun.because).toEqual({ since: "opportunity", days: 10, from: begun.ownedSince });
    // What is still under way would be a day old, and given up, after the jump.
    await toldTo(first, "account_assigned", id);
    const path = `/v1/accounts/${id}/recycling`;
    expect((await raw(path, { token: await first.freshToken() })).body).toMatchObject({ accountId: id });
    // Who may not read the account at all is in the access matrix.
    const missing = await raw("/v1/accounts/acc_01JD7Z3Q5V9W0X2Y4Z6A8B0C1D/recycling", {
      token: await first.freshToken(),
    });
    expect([missing.status, missing.body.code]).toEqual([404, "not_found"]);
    const deal = await admin.call("createOpportunity", { body: { name: "Deal", accountId: id, ownerId: first.id } });
    await countdownOf(id, ({ state }) => state === "ended");
    await admin.call("deleteOpportunity", { path: { id: deal.id }, ifMatch: deal.version });
    await countdownOf(id, ({ state }) => state === "running");
    const contractEndsOn = new Date((await nowOf()) + 2 * day).toISOString().slice(0, 10);
    await admin.call("updateAccount", { path: { id }, body: { contractEndsOn }, ifMatch: version });
    const dated = await countdownOf(id, ({ because }) => because?.since === "contractEnd");
    const end = Date.parse(dated.recycleAt ?? "");
    await until(end - 2 * day);
    expect(await toldTo(first, "account_recycle_due", id)).toMatchObject([{ title: "2天后回收：华为" }]);
    await countdownOf(id, ({ warned }) => warned?.daysAhead === 2);
    await until(end);
    const account = await eventually(
      () => admin.call("getAccount", { path: { id } }),
      ({ pool }) => pool !== undefined,
      90,
    );
    expect(account).toMatchObject({ pool: { poolId, previousOwnerId: first.id, reason: "recycled" } });
    expect(account.ownerId).toBeUndefined();
    expect(await countdownOf(id)).toMatchObject({ state: "recycled", ownerId: first.id });
    expect(await toldTo(first, "account_recycled", id)).toMatchObject([{ title: "已回收：华为" }]);
    const { items: timeline } = await admin.call("getTimeline", { path: { id }, query: {} });
    expect(timeline.find(({ kind }) => kind === "owner_changed")).toMatchObject({
      actorId: "system",
      details: { from: first.id, reason: "recycled" },
    });
  }, 600_000);
});
