import { PutCommand, TransactWriteCommand } from "@aws-sdk/lib-dynamodb";
import { accountsIn } from "@shangji/aws/dynamo/accounts/accounts";
import { contactsIn } from "@shangji/aws/dynamo/contacts/contacts";
import type { Table } from "@shangji/aws/dynamo/kit/client";
import { leadsIn } from "@shangji/aws/dynamo/leads/leads";
import { opportunitiesIn } from "@shangji/aws/dynamo/opportunities/opportunities";
import { deactivationsIn } from "@shangji/aws/dynamo/people/deactivations";
import { personnelIn } from "@shangji/aws/dynamo/people/personnel";
import { teamsIn } from "@shangji/aws/dynamo/people/teams";
import { usersIn } from "@shangji/aws/dynamo/people/users";
import type { Account } from "@shangji/contracts/accounts/schemas";
import type { Contact } from "@shangji/contracts/contacts/schemas";
import type { Lead } from "@shangji/contracts/leads/schemas";
import type { Opportunity } from "@shangji/contracts/opportunities/schemas";
import type { NewDeactivation, Team, User } from "@shangji/contracts/people/schemas";
import { newRecord } from "@shangji/core/kit/new-record";
import { revise } from "@shangji/core/kit/revise";
import { belongingsOf } from "@shangji/core/people/belongings";
import { deactivateUser } from "@shangji/core/people/deactivate-user";
import { getDeactivation } from "@shangji/core/people/get-deactivation";
import { type HandOverDeps, handOver } from "@shangji/core/people/hand-over";
import { listHoldings } from "@shangji/core/people/list-holdings";
import { type DynamoDb, startDynamoDb } from "@shangji/testing/dynamodb";
import { Crash, type Fault, faultyClient } from "@shangji/testing/faulty-client";
import { type TestClock, testClock, testContext, testViewer } from "@shangji/testing/world";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

let db: DynamoDb;
beforeAll(async () => {
  db = await startDynamoDb();
});
afterAll(() => db.stop());

const stamp = { context: testContext({ userId: "usr_TEST" }), command: "test" };

function storesOf(table: Table, clock: TestClock) {
  const owned = {
    account: accountsIn(table),
    contact: contactsIn(table),
    opportunity: opportunitiesIn(table),
    lead: leadsIn(table),
  };
  const teams = teamsIn(table, clock);
  const users = usersIn(table, clock);
  return {
    ...owned,
    teams,
    users,
    personnel: personnelIn(table, users),
    deactivations: deactivationsIn(table),
    belongings: belongingsOf({ ...owned, teams }),
  };
}

/** Someone who leaves, with some of everything, and a successor in another team. */
async function world({ accounts = 2, contacts = 1, open = 2, closed = 1, leads = 0 } = {}, given?: Table) {
  const table = given ?? (await db.createTable());
  const clock = testClock();
  const stores = storesOf(table, clock);
  // One source of ids, so that several of these fit into one table.
  const context = { ...testContext({ clock, userId: "usr_BOSS" }), ids: stamp.context.ids };
  const addUser = async (fields: Partial<User> = {}) => {
    const user = newRecord<User>("user", { name: "Lin", role: "rep", active: true, ...fields }, stamp);
    await stores.users.create(user);
    return user;
  };
  const addTeam = async (fields: Partial<Team> = {}) => {
    const team = newRecord<Team>("team", { name: "East", ...fields }, stamp);
    await stores.teams.create(team);
    return team;
  };
  const west = await addTeam({ name: "West" });
  const leaving = await addUser();
  const successor = await addUser({ name: "Mei", teamId: west.id });
  const led = await addTeam({ managerId: leaving.id });
  const addAccount = async (ownerId = leaving.id) => {
    const account = newRecord<Account>("account", { name: "Acme", tags: [], ownerId, teamId: led.id }, stamp);
    await stores.account.create(account);
    return account.id;
  };
  const addDeal = async (status: "open" | "won") => {
    const fields = { name: "Deal", ownerId: leaving.id, teamId: led.id, status, tags: [], productIds: [], history: [] };
    // A deal needs no more than this to be handed over.
    const deal = newRecord<Opportunity>("opportunity", fields as unknown as Opportunity, stamp);
    await stores.opportunity.create(deal);
    return deal.id;
  };
  const addLead = async (status: Lead["status"]) => {
    const fields = { name: "Chen", ownerId: leaving.id, teamId: led.id, status, statusChangedAt: "", tags: [] };
    const lead = newRecord<Lead>("lead", fields, stamp);
    await stores.lead.create(lead);
    return lead.id;
  };
  const times = <T>(count: number, make: () => Promise<T>) => Promise.all(Array.from({ length: count }, make));
  const ids = {
    account: await times(accounts, () => addAccount()),
    contact: await times(contacts, async () => {
      const contact = newRecord<Contact>("contact", { name: "Wang", tags: [], ownerId: leaving.id }, stamp);
      await stores.contact.create(contact);
      return contact.id;
    }),
    open: await times(open, () => addDeal("open")),
    closed: await times(closed, () => addDeal("won")),
    lead: await times(leads, () => addLead("working")),
    closedLead: await times(leads, () => addLead("disqualified")),
  };
  const jobContext = { ...context, source: "hand_over" as const };
  const deps: HandOverDeps = { ...stores, context: jobContext };
  return {
    ...stores,
    table,
    clock,
    deps,
    context,
    leaving,
    successor,
    west,
    led,
    ids,
    addUser,
    addAccount,
    async setActive(id: string, active: boolean) {
      const before = await stores.users.get(id);
      if (before) await stores.users.update(before, revise(before, { active }, stamp));
    },
    order: (input: Partial<NewDeactivation> = {}) =>
      deactivateUser(
        { id: leaving.id, handOverTo: successor.id, closedOpportunities: "stay", ...input },
        { ...stores, context, viewer: testViewer() },
      ),
    progress: () => getDeactivation({ id: leaving.id }, stores),
    holdings: (id: string) => listHoldings({ id }, stores),
  };
}

type World = Awaited<ReturnType<typeof world>>;

/** Works until the job is done, and moves the clock when there is nothing to do. */
async function work({ clock, deps }: World, id: string, beforeWait: () => Promise<unknown> = async () => undefined) {
  for (let steps = 0; steps < 200; steps++) {
    const { done, waitSeconds = 0 } = await handOver({ id }, deps);
    if (done) return;
    if (waitSeconds > 0) {
      await beforeWait();
      clock.advance(waitSeconds * 1000);
    }
  }
  expect.unreachable("the job does not end");
}

const counts = async ({ holdings }: World, id: string) =>
  Object.fromEntries(Object.entries(await holdings(id)).map(([kind, { count }]) => [kind, count]));

test("H1 everything open goes to the successor and their team, what is won stays, and it says by whom and why", async () => {
  const made = await world({ accounts: 60, contacts: 3, open: 30, closed: 2, leads: 4 });
  expect(await counts(made, made.leaving.id)).toEqual({
    account: 60,
    contact: 3,
    openOpportunity: 30,
    closedOpportunity: 2,
    lead: 4,
    team: 1,
  });
  const { id } = await made.order({ reason: "leaves" });
  expect(await made.users.get(made.leaving.id)).toMatchObject({ active: false, deactivationId: id });
  expect(await made.progress()).toMatchObject({ status: "running", moved: { account: 0 } });
  await work(made, id);
  expect(await made.progress()).toMatchObject({
    status: "completed",
    moved: { account: 60, contact: 3, opportunity: 30, lead: 4, team: 1 },
  });
  const nothing = { account: 0, contact: 0, openOpportunity: 0, lead: 0, team: 0 };
  expect(await counts(made, made.leaving.id)).toEqual({ ...nothing, closedOpportunity: 2 });
  expect(await counts(made, made.successor.id)).toMatchObject({
    account: 60,
    contact: 3,
    openOpportunity: 30,
    lead: 4,
    team: 1,
  });
  expect(await made.lead.get(made.ids.closedLead[0] ?? "")).toMatchObject({ ownerId: made.leaving.id });
  expect(await made.account.get(made.ids.account[0] ?? "")).toMatchObject({
    ownerId: made.successor.id,
    teamId: made.west.id,
    version: 2,
    change: { actorId: "usr_BOSS", command: "handOver", source: "hand_over", reason: "leaves" },
  });
});

test("H1 each kind may go to someone else, or stay; closed deals move if asked for", async () => {
  const made = await world();
  const other = await made.addUser();
  const handOverTo = { account: other.id, contact: null, opportunity: made.successor.id, lead: null, team: null };
  const { id } = await made.order({ handOverTo, closedOpportunities: "move" });
  await work(made, id);
  expect(await counts(made, made.leaving.id)).toMatchObject({ account: 0, contact: 1, closedOpportunity: 0, team: 1 });
  expect(await counts(made, other.id)).toMatchObject({ account: 2, openOpportunity: 0 });
  expect(await counts(made, made.successor.id)).toMatchObject({ account: 0, openOpportunity: 2, closedOpportunity: 1 });
});

test("H1 to nobody: the user is locked out, and there is nothing to do", async () => {
  const made = await world();
  expect(await made.order({ handOverTo: null })).toMatchObject({ status: "completed" });
  expect(await made.users.get(made.leaving.id)).toMatchObject({ active: false });
  expect(await counts(made, made.leaving.id)).toMatchObject({ account: 2, contact: 1 });
});

test("H1 what is given to the user by a call that saw them active is moved by the last pass", async () => {
  const made = await world();
  const { id } = await made.order();
  let late: string | undefined;
  await work(made, id, async () => {
    late ??= await made.addAccount();
  });
  expect(await made.account.get(late ?? "")).toMatchObject({ ownerId: made.successor.id });
  expect(await made.progress()).toMatchObject({ status: "completed", moved: { account: 3 } });
});

test("H1 a job for someone who was let in again, or whose hand-over was ordered anew, leaves off", async () => {
  const made = await world();
  const first = await made.order();
  const second = await made.order({ handOverTo: (await made.addUser()).id });
  await work(made, first.id);
  expect(await made.deactivations.get(first.id)).toMatchObject({ status: "superseded" });
  await made.setActive(made.leaving.id, true);
  await work(made, second.id);
  expect(await made.deactivations.get(second.id)).toMatchObject({ status: "superseded" });
  expect(await counts(made, made.leaving.id)).toMatchObject({ account: 2, openOpportunity: 2 });
});

test("H1 nothing is handed to whoever has left too: it says so, and ordering it anew goes on", async () => {
  const made = await world({ accounts: 30 });
  const { id } = await made.order();
  await handOver({ id }, made.deps);
  await handOver({ id }, made.deps);
  await made.setActive(made.successor.id, false);
  await work(made, id);
  expect(await made.progress()).toMatchObject({ status: "failed", failure: "successor_inactive" });
  await expect(made.order()).rejects.toMatchObject({ code: "inactive_reference" });
  const third = await made.addUser();
  const again = await made.order({ handOverTo: third.id });
  await work(made, again.id);
  const left = await counts(made, made.leaving.id);
  expect(left).toMatchObject({ account: 0, openOpportunity: 0, team: 0 });
});

test("H1 nobody hands over to themselves or to someone unknown", async () => {
  const made = await world();
  await expect(made.order({ handOverTo: made.leaving.id })).rejects.toMatchObject({ code: "invalid_request" });
  const unknown = "usr_01JD7Z3Q5V9W0X2Y4Z6A8B0C1D";
  const handOverTo = { account: made.successor.id, contact: unknown, opportunity: null, lead: null, team: null };
  await expect(made.order({ handOverTo })).rejects.toMatchObject({
    code: "unknown_reference",
    errors: [{ pointer: "/body/handOverTo/contact" }],
  });
  expect(await made.users.get(made.leaving.id)).toMatchObject({ active: true });
});

test("H1 the last one in charge cannot be locked out, nor two who are by each other", async () => {
  const made = await world();
  const [one, two] = [await made.addUser({ role: "admin" }), await made.addUser({ role: "admin" })];
  const lockOut = (id: string) =>
    deactivateUser(
      { id, handOverTo: null, closedOpportunities: "stay" },
      { ...made, context: made.context, viewer: testViewer() },
    );
  const outcomes = await Promise.allSettled([lockOut(one.id), lockOut(two.id)]);
  const active = (await Promise.all([one, two].map(({ id }) => made.users.get(id)))).filter((user) => user?.active);
  expect(active).toHaveLength(1);
  expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  await expect(lockOut(active[0]?.id ?? "")).rejects.toMatchObject({ code: "locks_out" });
});

test("H1 a record that others write meanwhile is moved with what they wrote", async () => {
  const made = await world({ accounts: 3 });
  const { id } = await made.order();
  const busy = made.ids.account[1] ?? "";
  let isWritten = false;
  const list: typeof made.belongings.list = async (kind, ...rest) => {
    const page = await made.belongings.list(kind, ...rest);
    if (kind === "account" && !isWritten) {
      isWritten = true;
      const before = await made.account.get(busy);
      if (before) await made.account.update(before, revise(before, { region: "North" }, stamp));
    }
    return page;
  };
  await work({ ...made, deps: { ...made.deps, belongings: { ...made.belongings, list } } }, id);
  expect(await made.account.get(busy)).toMatchObject({ ownerId: made.successor.id, region: "North", version: 3 });
  expect(await made.progress()).toMatchObject({ status: "completed", moved: { account: 3 } });
});

/** A client that fails at one of its writes; reads leave nothing behind. */
function faultyAtWrite(table: Table, at: number, fault: Fault): Table["client"] {
  let writes = 0;
  let next: Fault | undefined;
  const faulty = faultyClient(table.client, () => next);
  return new Proxy(table.client, {
    get(target, property) {
      if (property !== "send") return Reflect.get(target, property, target);
      return (command: object) => {
        const isWrite = command instanceof TransactWriteCommand || command instanceof PutCommand;
        next = isWrite && writes++ === at ? fault : undefined;
        return faulty.send(command as TransactWriteCommand);
      };
    },
  });
}

describe("H1 whatever happens to the worker", () => {
  async function expectDone(made: World): Promise<void> {
    expect(await made.progress()).toMatchObject({
      status: "completed",
      moved: { account: 2, contact: 1, opportunity: 2, lead: 0, team: 1 },
    });
    for (const id of [...made.ids.account, ...made.ids.open]) {
      const record = (await made.account.get(id)) ?? (await made.opportunity.get(id));
      // Once: a second move would be a third version.
      expect(record).toMatchObject({ ownerId: made.successor.id, version: 2 });
    }
  }

  test.each(["crash-before", "crash-after"] as const)(
    "%s at each of its calls moves all, and counts it once",
    async (fault) => {
      const table = await db.createTable();
      for (let at = 0; ; at++) {
        const made = await world({}, table);
        const { id } = await made.order();
        const client = faultyAtWrite(table, at, fault);
        const faulty = storesOf({ ...table, client }, made.clock);
        const crashed = await work({ ...made, deps: { ...made.deps, ...faulty } }, id).then(
          () => false,
          (error: unknown) => {
            if (!(error instanceof Crash)) throw error;
            return true;
          },
        );
        await work(made, id);
        await expectDone(made);
        if (!crashed) break;
        expect(at).toBeLessThan(30);
      }
    },
  );

  test("two of them at once move all, and count it once", async () => {
    const made = await world();
    const { id } = await made.order();
    await Promise.all([work(made, id), work(made, id)]);
    await expectDone(made);
  });
});
