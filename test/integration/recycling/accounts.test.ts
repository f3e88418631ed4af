import { countWon } from "@shangji/aws/dynamo/pools/count-won";
import { timelineIn } from "@shangji/aws/dynamo/timeline/timeline";
import { type DynamoDb, startDynamoDb } from "@shangji/testing/dynamodb";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { intercepted } from "./intercepted.ts";
import { recyclingProcess, recyclingWorld } from "./world.ts";

let db: DynamoDb;
beforeAll(async () => {
  db = await startDynamoDb();
});
afterAll(() => db.stop());

async function world(rules: object[], people = 2) {
  const it = await recyclingWorld(await db.createTable(), people, "account");
  await it.rules(rules);
  return it;
}

const withoutDeal = { after: { since: "opportunity", days: 10 } };

describe("B6 an account that its owner leaves alone", () => {
  test("is warned of on its days and then in the chosen pool, each once, however many sweep, and the owner waits", async () => {
    const it = await world([{ after: { since: "touch", days: 10 }, warnDays: [3, 1] }]);
    const [owner = "", other = ""] = it.userIds;
    const account = await it.claimed();
    const sweepThrice = async () => {
      await Promise.all([1, 2].map(() => it.sweep(recyclingProcess(it.table, it.clock))));
      expect(await it.sweep()).toEqual({});
    };
    it.pass(7);
    await sweepThrice();
    it.pass(2);
    await sweepThrice();
    expect([await it.recordOf(account.id), await it.openOf()]).toEqual([account, 1]);
    it.pass(1);
    await sweepThrice();
    expect(it.eventsOf(account.id)).toEqual(["recycle_warned", "recycle_warned", "recycled"]);
    expect(it.versionsOf(account.id)).toEqual([1, 2, 3, 4]);
    const at = it.clock.now().toISOString();
    const pooled = await it.recordOf(account.id);
    expect(pooled).toMatchObject({
      version: account.version + 1,
      pool: { poolId: it.pool.id, at, previousOwnerId: owner, reason: "recycled" },
      change: { actorId: "system", command: "recycleAccount", reason: "recycled" },
    });
    expect([pooled?.ownerId, pooled?.teamId]).toEqual([undefined, undefined]);
    expect([await it.openOf(), await it.openOf(other)]).toEqual([0, 0]);
    expect(await it.countdownOf(account.id)).toMatchObject({ state: "recycled", ownerId: owner, recycledAt: at });
    const refused = { code: "claim_refused", failures: [{ rule: "previous_owner" }] };
    await expect(it.claim(account.id)).rejects.toMatchObject(refused);
    await it.claim(account.id, other);
    expect(await it.follow(account.id)).toBe("planned");
    expect(await it.countdownOf(account.id)).toMatchObject({ state: "running", ownerId: other, done: {} });
    expect([await it.openOf(), await it.openOf(other)]).toEqual([0, 1]);
  });

  test("and a note at the same moment: whichever is first, the other knows of it", async () => {
    const it = await world([{ after: { since: "touch", days: 2 } }]);
    const account = await it.claimed();
    it.pass(2.1);
    const process = recyclingProcess(it.table, it.clock);
    const { account: recycled } = process.recycled;
    let noted = 0;
    // The note comes after everything was read, and before anything is written.
    const countdowns: typeof recycled.countdowns = {
      ...recycled.countdowns,
      async recycle(recycling) {
        if (noted++ === 0) await it.note(account.id);
        return recycled.countdowns.recycle(recycling);
      },
    };
    const raced = { ...process, recycled: { ...process.recycled, account: { ...recycled, countdowns } } };
    expect(await it.sweep(raced)).toEqual({ moved: 1 });
    expect(await it.recordOf(account.id)).toEqual(account);
    expect(await it.countdownOf(account.id)).toMatchObject({ touchedAt: it.clock.now().toISOString() });
    it.pass(2.1);
    expect(await it.sweep()).toEqual({ recycled: 1 });
    const owner = it.userIds[0] ?? "";
    const note = { recordId: account.id, text: "called", authorId: owner, id: "note_01JD7Z3Q5V9W0X2Y4Z6A8B0C1E" };
    const { createdAt, change } = account;
    const late = timelineIn(it.table).createNote(
      { ...note, version: 1, createdAt, updatedAt: createdAt, change },
      { ownerId: owner, teamIds: [], recordIds: [] },
    );
    await expect(late).rejects.toMatchObject({ code: "not_found" });
  });

  test("goes by rules for accounts, to pools of accounts, and stays by rules for leads", async () => {
    const it = await world([
      { id: "near", when: { field: "industry", eq: "steel" }, after: { since: "touch", days: 2 } },
      { id: "rest", after: { since: "creation", days: 5 } },
    ]);
    const [steel, other] = [await it.claimed(), await it.claimed()];
    await it.change(steel, { industry: "steel" });
    expect([await it.follow(steel.id), await it.follow(other.id)]).toEqual(["planned", "none"]);
    it.pass(2.1);
    expect(await it.sweep()).toEqual({ recycled: 1 });
    expect((await it.recordOf(other.id))?.ownerId).toBe(it.userIds[0]);
    const ofLeads = await it.addPool({ name: { en: "Leads" } });
    await expect(it.rules([{ ...withoutDeal, poolId: ofLeads.id }])).rejects.toMatchObject({
      code: "unknown_reference",
      errors: [{ pointer: "/body/rules/0/poolId" }],
    });
    const leads = await recyclingWorld(await db.createTable(), 1);
    const nested = { any: [{ since: "touch", days: 1 }, { all: [{ since: "contractEnd", days: 1 }] }] };
    await expect(leads.rules([{ after: nested }, { id: "b", ...withoutDeal }])).rejects.toMatchObject({
      code: "unknown_trigger",
      errors: [
        { pointer: "/body/rules/0/after/any/1/all/0/since", message: "is counted of accounts alone" },
        { pointer: "/body/rules/1/after/since", message: "is counted of accounts alone" },
      ],
    });
    expect((await leads.process.recycled.lead.recyclingRules.get())?.rules).toBeUndefined();
  });

  test("is a customer: the count of what its owner may hold stays, as it was not in it", async () => {
    const it = await world([{ after: { since: "touch", days: 2 } }]);
    const [customer, other] = [await it.claimed(), await it.claimed()];
    const deal = { dealId: "opp_1", version: 1, accountId: customer.id };
    await countWon([deal], { table: it.table, clock: it.clock, pause: async () => {} });
    expect(await it.openOf()).toBe(1);
    it.pass(2.1);
    while ((await it.sweep()).recycled);
    expect([await it.openOf(), (await it.recordOf(customer.id))?.pool?.reason]).toEqual([0, "recycled"]);
    expect((await it.startOf(customer.id)).counted).toMatchObject({ won: 1 });
    expect((await it.recordOf(other.id))?.pool?.reason).toBe("recycled");
    await it.claim(customer.id, it.userIds[1]);
    expect(await it.openOf(it.userIds[1])).toBe(0);
  });
});

describe("B6 days without an opportunity", () => {
  test("begin with the end of the last one, and are not counted while one is open, whether or not that is told", async () => {
    const it = await world([withoutDeal]);
    const account = await it.claimed();
    expect(await it.countdownOf(account.id)).toMatchObject({
      because: { since: "opportunity", from: account.updatedAt },
    });
    it.pass(9);
    const [deal, second] = [await it.addDeal(account.id), await it.addDeal(account.id)];
    it.pass(1.1);
    // Nobody has told of them.
    expect(await it.sweep()).toEqual({ ended: 1 });
    const ended = await it.countdownOf(account.id);
    expect([ended?.state, ended?.next, ended?.recycleAt, ended?.because]).toEqual([
      "ended",
      undefined,
      undefined,
      undefined,
    ]);
    const won = await it.closeDeal(deal, "won");
    expect(await it.follow(account.id)).toBe("none");
    it.pass(1);
    await it.closeDeal(second);
    const closedAt = it.clock.now().toISOString();
    it.pass(1);
    expect([await it.follow(account.id), await it.follow(account.id)]).toEqual(["planned", "none"]);
    expect(await it.countdownOf(account.id)).toMatchObject({
      ...{ state: "running", ownedSince: account.updatedAt },
      because: { since: "opportunity", days: 10, from: closedAt },
    });
    const reopened = await it.changeDeal(won, { status: "open", closedAt: null });
    expect(await it.follow(account.id)).toBe("ended");
    const elsewhere = await it.claimed();
    await it.changeDeal(reopened, { accountId: elsewhere.id });
    expect([await it.follow(account.id), await it.follow(elsewhere.id)]).toEqual(["planned", "ended"]);
    it.pass(9.1);
    expect(await it.sweep()).toEqual({ recycled: 1 });
    expect((await it.recordOf(account.id))?.pool?.reason).toBe("recycled");
    expect((await it.recordOf(elsewhere.id))?.ownerId).toBe(it.userIds[0]);
  });

  test("are warned of anew when an opportunity that has kept them from ending is gone as if it had never been", async () => {
    const it = await world([{ ...withoutDeal, warnDays: [2] }]);
    const account = await it.claimed();
    it.pass(8);
    expect(await it.sweep()).toEqual({ warned: 1 });
    const deal = await it.addDeal(account.id);
    expect(await it.follow(account.id)).toBe("ended");
    it.pass(30);
    await it.changeDeal(deal, { deletedAt: it.clock.now().toISOString() });
    expect(await it.follow(account.id)).toBe("planned");
    expect(await it.sweep()).toEqual({ warned: 1 });
    it.pass(1.9);
    expect(await it.sweep()).toEqual({});
    it.pass(0.2);
    expect(await it.sweep()).toEqual({ recycled: 1 });
    expect(it.eventsOf(account.id)).toEqual(["recycle_warned", "recycle_warned", "recycled"]);
  });

  test("are counted of all opportunities, on however many pages, and not of those that the index takes for open", async () => {
    const it = await world([withoutDeal]);
    const account = await it.claimed();
    const deal = await it.addDeal(account.id);
    it.pass(1);
    for (let made = 0; made < 7; made++) await it.closeDeal(await it.addDeal(account.id));
    const paged = intercepted(it.table, async (command, send) => {
      if ("IndexName" in command.input && command.input.IndexName === "gsi4") command.input.Limit = 2;
      return send(command);
    });
    expect(await it.follow(account.id, recyclingProcess(paged, it.clock))).toBe("ended");
    it.pass(1);
    const { closedAt } = await it.closeDeal(deal);
    // What the index tells of the deal is what it was.
    const late = intercepted(it.table, async (command, send) => {
      const answer = await send(command);
      for (const item of answer.Items ?? []) if (item.id === deal.id && command.input.IndexName) item.status = "open";
      return answer;
    });
    expect(await it.follow(account.id, recyclingProcess(late, it.clock))).toBe("planned");
    expect(await it.countdownOf(account.id)).toMatchObject({ because: { from: closedAt } });
    expect(await it.follow(account.id, recyclingProcess(paged, it.clock))).toBe("none");
  });

  test("that no rule counts are not looked for", async () => {
    const it = await world([{ after: { any: [{ since: "touch", days: 3 }] } }]);
    const account = await it.claimed();
    let asked = 0;
    const counting = intercepted(it.table, (command, send) => {
      if (command.input.IndexName === "gsi4") asked += 1;
      return send(command);
    });
    const process = recyclingProcess(counting, it.clock);
    await it.follow(account.id, process);
    await it.rules([withoutDeal]);
    expect([asked, await it.follow(account.id, process), asked]).toEqual([0, "planned", 1]);
  });
});

describe("B6 days after a contract", () => {
  test("begin when its last day is over where the organisation is, and are none without it", async () => {
    const it = await world([{ after: { since: "contractEnd", days: 30 }, warnDays: [7] }]);
    const account = await it.claimed();
    expect([await it.follow(account.id), await it.countdownOf(account.id)]).toEqual(["none", undefined]);
    const dated = await it.change(account, { contractEndsOn: "2026-11-30" });
    expect(await it.follow(account.id)).toBe("planned");
    expect(await it.countdownOf(account.id)).toMatchObject({
      recycleAt: "2026-12-30T16:00:00.000Z",
      because: { since: "contractEnd", days: 30, from: "2026-11-30T16:00:00.000Z" },
      next: { step: "warn", dueAt: "2026-12-23T16:00:00.000Z" },
    });
    const renewed = await it.change(dated, { contractEndsOn: "2027-11-30" });
    expect(await it.follow(account.id)).toBe("planned");
    expect(await it.countdownOf(account.id)).toMatchObject({ recycleAt: "2027-12-30T16:00:00.000Z" });
    await it.change(renewed, { contractEndsOn: null });
    it.pass(420);
    expect(await it.sweep()).toEqual({ ended: 1 });
    expect((await it.recordOf(account.id))?.ownerId).toBe(it.userIds[0]);
  });

  test("that are over long since, and a new owner is protected all the same", async () => {
    const it = await world([{ after: { since: "contractEnd", days: 1 }, protectDays: 5 }]);
    const account = await it.addPooled();
    await it.change(account, { contractEndsOn: "2020-01-01" });
    await it.claim(account.id);
    await it.follow(account.id);
    it.pass(4.9);
    expect(await it.sweep()).toEqual({});
    it.pass(0.2);
    expect(await it.sweep()).toEqual({ recycled: 1 });
  });
});

test("B6 a sweep deals with leads and accounts alike, each by its own rules", async () => {
  const table = await db.createTable();
  const accounts = await recyclingWorld(table, 1, "account");
  await accounts.rules([{ after: { since: "touch", days: 4 } }]);
  const leads = await recyclingWorld(table, 1, "lead", accounts);
  await leads.rules([{ after: { since: "touch", days: 2 } }]);
  const [account, lead] = [await accounts.claimed(), await leads.claimed()];
  leads.pass(2.5);
  expect(await leads.sweep()).toEqual({ recycled: 1 });
  expect([(await leads.recordOf(lead.id))?.status, (await accounts.recordOf(account.id))?.pool]).toEqual([
    "pooled",
    undefined,
  ]);
  leads.pass(4);
  expect(await leads.sweep()).toEqual({ recycled: 1 });
  expect((await accounts.recordOf(account.id))?.pool?.reason).toBe("recycled");
});
