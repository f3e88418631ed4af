import type { Table } from "@shangji/aws/dynamo/kit/client";
import { type DynamoDb, startDynamoDb } from "@shangji/testing/dynamodb";
import { type Fault, faultyClient } from "@shangji/testing/faulty-client";
import { afterAll, beforeAll, expect, test } from "vitest";
import { contentHash, mergesWith, mergeWorld, storesIn } from "./world.ts";

let db: DynamoDb;
beforeAll(async () => {
  db = await startDynamoDb();
});
afterAll(() => db.stop());

/** A table whose `at`-th call, counted from 0, meets a fault. */
function faulty(table: Table, at: number, fault: Fault): { table: Table; isPast: () => boolean } {
  let calls = 0;
  const client = faultyClient(table.client, () => (calls++ === at ? fault : undefined));
  return { table: { ...table, client }, isPast: () => calls <= at };
}

async function world() {
  const made = await mergeWorld(await db.createTable());
  const { account, contact, deal } = made;
  const winner = await account({ name: "Acme", externalId: { source: "erp", id: "1" } });
  const loser = await account({ name: "Other", externalId: { source: "erp", id: "2" }, region: "East" });
  const children = [
    await contact({ accountId: loser.id }),
    await contact({ accountId: loser.id }),
    await deal(loser.id),
  ];
  return { ...made, winner, loser, children };
}

type World = Awaited<ReturnType<typeof world>>;

/** What everyone can see of the two: never anything between one and two. */
async function stateOf({ deps, winner, loser }: World): Promise<"two" | "one" | "between"> {
  const [first, second, survivor, owners] = [
    await deps.accounts.get(winner.id),
    await deps.accounts.get(loser.id),
    await deps.accounts.survivorOf(loser.id),
    await deps.accounts.findByUnique("externalId", ["erp#1", "erp#2"]),
  ];
  const holder = owners.get("erp#2");
  const isOne = !second && survivor === winner.id && holder === winner.id && first?.region === "East";
  const isTwo =
    holder === loser.id && contentHash(first) === contentHash(winner) && contentHash(second) === contentHash(loser);
  return isOne ? "one" : isTwo ? "two" : "between";
}

const faults = ["crash-before", "crash-after", "timeout-before", "timeout-after", "conflict"] as const;

test.each(faults)("A5 a merge that meets %s at any call is made or not, and made by its repetition", async (fault) => {
  const it = await world();
  for (let at = 0; ; at++) {
    const through = faulty(it.table, at, fault);
    const attempt = mergesWith(storesIn(through.table), it.context).merge(it.winner, it.loser);
    const made = await attempt.catch(() => undefined);
    const state = await stateOf(it);
    expect(["one", "two"]).toContain(state);
    if (through.isPast()) {
      expect(made).toBeDefined();
      return;
    }
    if (made) expect(state).toBe("one");
    if (state === "two") continue;
    // Back to the start, so that the next call can fail.
    const { items } = await it.deps.merges.list(it.winner.id, { limit: 1 });
    const [last] = items;
    if (!last) throw new Error("a merge is known");
    await it.undo(last);
    await it.run(last.id);
    expect(await stateOf(it)).toBe("two");
  }
});

test.each(faults)("A5 undoing a merge that meets %s at any call is done or not", async (fault) => {
  const it = await world();
  let made = await it.merge(it.winner, it.loser);
  for (let at = 0; ; at++) {
    const through = faulty(it.table, at, fault);
    const undone = await mergesWith(storesIn(through.table), it.context)
      .undo(made)
      .catch(() => undefined);
    const state = await stateOf(it);
    expect(["one", "two"]).toContain(state);
    if (through.isPast()) {
      expect([undone?.status, state]).toEqual(["undoing", "two"]);
      return;
    }
    if (state === "one") continue;
    await it.run(made.id);
    made = await it.merge(it.winner, it.loser);
  }
});

test("A5 the job of a merge that crashes at any call goes on where it stopped, there and back", async () => {
  const it = await world();
  const { deps, merge, undo, run, clock, winner, loser, children } = it;
  const accountsOf = async () => {
    const stores = [deps.contacts, deps.contacts, deps.opportunities];
    return Promise.all(children.map(async ({ id }, index) => (await stores[index]?.get(id))?.accountId));
  };
  const made = await merge(winner, loser);
  const crashing = async (to: string) => {
    for (let at = 0; ; at++) {
      const through = faulty(it.table, at, at % 2 === 0 ? "crash-before" : "crash-after");
      const done = await run(made.id, storesIn(through.table)).then(
        () => true,
        () => false,
      );
      // Each is on one side or the other, with a note of it exactly when it has been moved.
      const sides = await accountsOf();
      for (const side of sides) expect([winner.id, loser.id]).toContain(side);
      const noted = new Set(await deps.merges.moved(made.id, 100));
      expect(children.map(({ id }) => noted.has(id))).toEqual(sides.map((side) => side === winner.id));
      if (done && through.isPast()) return expect(sides).toEqual(children.map(() => to));
    }
  };
  await crashing(winner.id);
  expect((await deps.merges.get(made.id))?.status).toBe("merged");
  clock.advance(1000);
  await undo(made);
  await crashing(loser.id);
  expect((await deps.merges.get(made.id))?.status).toBe("undone");
});
