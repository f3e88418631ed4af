import { identitiesIn } from "@shangji/aws/dynamo/people/identities";
import { usersIn } from "@shangji/aws/dynamo/people/users";
import type { User } from "@shangji/contracts/people/schemas";
import { newRecord } from "@shangji/core/kit/new-record";
import type { Stored } from "@shangji/core/kit/record";
import { revise } from "@shangji/core/kit/revise";
import { inviteUser } from "@shangji/core/people/invite-user";
import type { UserPool } from "@shangji/core/people/ports";
import { concernsSignIn, syncSignIn } from "@shangji/core/people/sync-sign-in";
import { type DynamoDb, startDynamoDb } from "@shangji/testing/dynamodb";
import { fakeUserPool } from "@shangji/testing/fakes/user-pool";
import { Crash, faultyClient } from "@shangji/testing/faulty-client";
import { testClock, testContext } from "@shangji/testing/world";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

let db: DynamoDb;
beforeAll(async () => {
  db = await startDynamoDb();
});
afterAll(() => db.stop());

const email = "lin@example.com";

async function world(fields: Partial<User> = {}) {
  const table = await db.createTable();
  const clock = testClock();
  const context = testContext({ clock });
  const users = usersIn(table, clock);
  const identities = identitiesIn(table);
  const fake = fakeUserPool();
  const invitation = { state: "requested", at: clock.now().toISOString() } as const;
  const user = newRecord<User>(
    "user",
    { name: "Lin", email, role: "rep", active: true, invitation, ...fields },
    { context, command: "test" },
  );
  await users.create(user);
  const deps = { users, identities, pool: fake.pool, context };
  const read = async () => (await users.get(user.id)) as Stored<User>;
  return {
    ...fake,
    table,
    deps,
    id: user.id,
    read,
    identities,
    sync: () => syncSignIn({ userId: user.id }, deps),
    async change(patch: Partial<Record<keyof User, unknown>>) {
      const before = await read();
      await users.update(before, revise(before, patch, { context, command: "test" }));
    },
    /** What the pool says of the user. */
    async inPool() {
      const subject = await identities.subjectOf(user.id);
      return subject === undefined ? undefined : fake.users.get(subject);
    },
  };
}

test("H1 an event is of interest if it says what the pool may not know", () => {
  const sent = { invitation: { state: "sent" } } as const;
  const requested = { invitation: { state: "requested" } } as const;
  expect(concernsSignIn({ data: {} })).toBe(false);
  expect(concernsSignIn({ data: {}, previous: { role: "rep" } })).toBe(false);
  expect(concernsSignIn({ data: requested })).toBe(true);
  expect(concernsSignIn({ data: requested, previous: { invitation: null } })).toBe(true);
  expect(concernsSignIn({ data: sent, previous: { invitation: { state: "requested" } } })).toBe(false);
  expect(concernsSignIn({ data: sent, previous: { leave: null } })).toBe(false);
  for (const field of ["active", "role", "email"])
    expect(concernsSignIn({ data: sent, previous: { [field]: "x" } })).toBe(true);
});

test("H1 whom nobody has let in is not in the pool", async () => {
  const { sync, users, change } = await world();
  await change({ invitation: null });
  await sync();
  expect(users.size).toBe(0);
});

test("H1 an invited user is made once, in the group of the role, linked, and told once", async () => {
  const { sync, users, mails, inPool, read, identities, id } = await world();
  await sync();
  await sync();
  expect(users.size).toBe(1);
  expect(mails).toEqual([email]);
  const known = await inPool();
  expect(known).toMatchObject({ email, isEnabled: true, group: "rep" });
  expect(await identities.userIdOf(String(known?.subject))).toBe(id);
  expect((await read()).invitation).toMatchObject({ state: "sent" });
});

test("H1 a user is invited again until they have signed in, and no more then", async () => {
  const { sync, mails, deps, id, signIn, read } = await world();
  await sync();
  await inviteUser({ id }, deps);
  await sync();
  expect(mails).toEqual([email, email]);
  // Signed in while yet another mail was asked for.
  await inviteUser({ id }, deps);
  signIn(email);
  await sync();
  expect(mails).toHaveLength(2);
  expect((await read()).invitation).toMatchObject({ state: "accepted" });
  await expect(inviteUser({ id }, deps)).rejects.toMatchObject({ code: "invitation_accepted" });
});

test("H1 role, e-mail and being active follow; who is locked out loses the sessions", async () => {
  const { sync, change, signIn, inPool } = await world();
  await sync();
  signIn(email);
  await change({ role: "manager", email: "lin.x@example.com" });
  await sync();
  expect(await inPool()).toMatchObject({ group: "manager", email: "lin.x@example.com", sessions: 1 });
  await change({ active: false });
  await sync();
  expect(await inPool()).toMatchObject({ isEnabled: false, sessions: 0 });
  await change({ active: true });
  await sync();
  expect(await inPool()).toMatchObject({ isEnabled: true });
});

test("H1 who is locked out before the mail went out gets none", async () => {
  const { sync, change, users, mails } = await world();
  await change({ active: false });
  await sync();
  expect([users.size, mails]).toEqual([0, []]);
});

test("H1 nobody comes in as another: a subject that is someone's stays theirs", async () => {
  const { sync, pool, users, identities, read, mails } = await world();
  const other = await pool.invite(email);
  await identities.link("usr_01JD7Z3Q5V9W0X2Y4Z6A8B0C1D", other.subject);
  mails.length = 0;
  await sync();
  expect(await identities.userIdOf(other.subject)).toBe("usr_01JD7Z3Q5V9W0X2Y4Z6A8B0C1D");
  expect((await read()).invitation).toMatchObject({ state: "failed", reason: "email_in_use" });
  expect([users.size, mails]).toEqual([1, []]);
});

test("H1 an address that takes no mail is told, and a better one is tried", async () => {
  const { sync, read, change, mails, deps, id } = await world({ email: "lin@nowhere.invalid" });
  await sync();
  expect((await read()).invitation).toMatchObject({ state: "failed", reason: "undeliverable" });
  await change({ email });
  await inviteUser({ id }, deps);
  await sync();
  expect(mails).toEqual([email]);
  expect((await read()).invitation).toMatchObject({ state: "sent" });
});

/** A pool that ends the process before or after one of its calls. */
function crashing(pool: UserPool, at: number, when: "before" | "after"): UserPool {
  let calls = 0;
  const wrap =
    <A extends unknown[], R>(call: (...args: A) => Promise<R>) =>
    async (...args: A): Promise<R> => {
      const isMeant = calls++ === at;
      if (isMeant && when === "before") throw new Crash();
      const answer = await call(...args);
      if (isMeant) throw new Crash();
      return answer;
    };
  return {
    find: wrap(pool.find),
    invite: wrap(pool.invite),
    inviteAgain: wrap(pool.inviteAgain),
    setEmail: wrap(pool.setEmail),
    setGroup: wrap(pool.setGroup),
    enable: wrap(pool.enable),
    disable: wrap(pool.disable),
    remove: wrap(pool.remove),
  };
}

type World = Awaited<ReturnType<typeof world>>;

/** Runs with a crash at each call in turn until none is left to crash at; after each the event comes again. */
async function afterEachCrash(prepare: (world: World) => Promise<void>, expectDone: (world: World) => Promise<void>) {
  for (const when of ["before", "after"] as const) {
    for (const where of ["pool", "table"] as const) {
      for (let at = 0; ; at++) {
        const made = await world();
        await prepare(made);
        let calls = 0;
        const fault = () => (calls++ === at ? (`crash-${when}` as const) : undefined);
        const client = faultyClient(made.table.client, fault);
        const table = { ...made.table, client };
        const deps =
          where === "pool"
            ? { ...made.deps, pool: crashing(made.pool, at, when) }
            : { ...made.deps, users: usersIn(table, testClock()), identities: identitiesIn(table) };
        const outcome = await syncSignIn({ userId: made.id }, deps).then(
          () => "through",
          (error: unknown) => {
            if (!(error instanceof Crash)) throw error;
            return "crashed";
          },
        );
        await made.sync();
        await expectDone(made);
        if (outcome === "through") break;
        expect(at).toBeLessThan(30);
      }
    }
  }
}

describe("H1 a crash at any call to the pool or the table", () => {
  test("of an invitation: the repeat makes nobody twice, and a mail has gone out", async () => {
    await afterEachCrash(
      async () => undefined,
      async ({ users, mails, inPool, read }) => {
        expect(users.size).toBe(1);
        expect(await inPool()).toMatchObject({ isEnabled: true, group: "rep" });
        expect(mails.length).toBeGreaterThanOrEqual(1);
        expect(mails.length).toBeLessThanOrEqual(2);
        expect((await read()).invitation).toMatchObject({ state: "sent" });
      },
    );
  });

  test("of a lock-out: the repeat disables and ends the sessions", async () => {
    await afterEachCrash(
      async ({ sync, signIn, change }) => {
        await sync();
        signIn(email);
        await change({ active: false });
      },
      async ({ inPool }) => expect(await inPool()).toMatchObject({ isEnabled: false, sessions: 0 }),
    );
  });
});

test("H1 of two at the same time, the one that worked on what is past puts it right", async () => {
  const made = await world();
  await made.sync();
  await made.change({ active: false });
  // Let in again while the lock-out is on its way, and that event handled first.
  let isLate = true;
  const pool: UserPool = {
    ...made.pool,
    async disable(subject) {
      if (isLate) {
        isLate = false;
        await made.change({ active: true });
        await made.sync();
      }
      await made.pool.disable(subject);
    },
  };
  await syncSignIn({ userId: made.id }, { ...made.deps, pool });
  expect(await made.inPool()).toMatchObject({ isEnabled: true });
});
