import { countHeld, recountHeld } from "@shangji/aws/dynamo/assignment/count-held";
import { recordChangeOf } from "@shangji/aws/dynamo/kit/record-change";
import { notesOf } from "@shangji/aws/protection/notes-of";
import type { Lead } from "@shangji/contracts/leads/schemas";
import { heldRecord, openHolder } from "@shangji/core/assignment/open-holder";
import type { Stored } from "@shangji/core/kit/record";
import { revise } from "@shangji/core/kit/revise";
import { type DynamoDb, startDynamoDb } from "@shangji/testing/dynamodb";
import { type Fault, faults, faultyClient } from "@shangji/testing/faulty-client";
import { afterAll, beforeAll, expect, test } from "vitest";
import { assignmentWorld, type World } from "./world.ts";

let db: DynamoDb;
beforeAll(async () => {
  db = await startDynamoDb();
});
afterAll(() => db.stop());

type Version = Stored<Lead>;
type Change = { before?: Version | undefined; after: Version };

/** Numbers from 0 to below 1, the same in every run. */
function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

const image = (lead: Version) => ({ ...lead, pk: lead.id, sk: "record", __edb_e__: "lead" });
const held = ({ before, after }: Change) => {
  const change = recordChangeOf({ before: before && image(before), after: image(after) });
  return (change && heldRecord(change)) ?? [];
};
const deliver = (it: World, changes: readonly Change[], table = it.table) =>
  countHeld(changes.flatMap(held), { table, clock: it.clock, pause: async () => {} });

/** What a lead may go through, one way or another: given, worked on, closed, taken, deleted, brought back, erased. */
function nextOf(it: World, lead: Version, random: () => number): Version {
  const pick = <T>(from: readonly T[]) => from[Math.floor(random() * from.length)];
  const patch = pick<Record<string, unknown>>([
    { ownerId: pick(it.userIds), status: "assigned" },
    { ownerId: pick(it.userIds) },
    { ownerId: null, status: "new" },
    { status: "working" },
    { status: "disqualified" },
    { status: "converted" },
    { deletedAt: "2026-11-02T08:30:00.000Z" },
    { deletedAt: null },
    { name: "other" },
  ]);
  return revise(lead, patch ?? {}, { context: it.context, command: "test" });
}

const openIn = (it: World, leads: readonly Version[]) =>
  it.userIds.map((id) => leads.filter((lead) => openHolder({ ...lead }) === id).length);
async function counted(it: World) {
  const tallies = await it.tallies();
  return it.userIds.map((id) => Number(tallies.get(id)?.open ?? 0));
}

test.each([1, 2, 3])(
  "B3 counts of open leads equal a recount, whatever comes twice, in pieces and with faults (%i)",
  async (seed) => {
    const it = await assignmentWorld(await db.createTable({ indexes: false }), 4);
    const random = chance(seed);
    const leads: Version[] = [];
    const changes: Change[] = [];
    for (let made = 0; made < 40; made++) {
      const after = nextOf(it, { ...(await it.addLead()), version: 0 }, random);
      leads.push(after);
      changes.push({ after });
    }
    for (let step = 0; step < 200; step++) {
      const index = Math.floor(random() * leads.length);
      const before = leads[index];
      if (!before) throw new Error("there is one");
      const after = nextOf(it, before, random);
      leads[index] = after;
      changes.push({ before, after });
    }
    let at = 0;
    while (at < changes.length) {
      const batch = changes.slice(at, at + 1 + Math.floor(random() * 60));
      let calls = 0;
      const fault = faults[Math.floor(random() * faults.length)];
      const meets = Math.floor(random() * 4);
      const client = faultyClient(it.table.client, (): Fault | undefined => (calls++ === meets ? fault : undefined));
      const isDone = await deliver(it, batch, { ...it.table, client }).then(
        () => true,
        () => false,
      );
      // A batch that failed comes again from its start, and one that was taken may come again too.
      if (isDone && random() < 0.8) at += batch.length;
    }
    expect(await counted(it)).toEqual(openIn(it, leads));
    // Long afterwards an old part of it comes again, out of its order.
    await deliver(it, changes.slice(20, 120).reverse());
    expect(await counted(it)).toEqual(openIn(it, leads));
  },
);

test("B3 a recount finds what was missed, counts nothing twice and has nothing to mend the second time", async () => {
  const it = await assignmentWorld(await db.createTable({ indexes: false }), 3);
  const [first = "", second = "", third = ""] = it.userIds;
  const stamp = { context: it.context, command: "test" };
  const missed = await it.addLead({ ownerId: first });
  const known = await it.addLead({ ownerId: first });
  const passedOn = await it.addLead({ ownerId: second });
  const ended = await it.addLead({ ownerId: second });
  const nobodys = await it.addLead();
  await deliver(
    it,
    [known, passedOn, ended].map((after) => ({ after })),
  );
  const now = [
    missed,
    known,
    revise(passedOn, { ownerId: third }, stamp),
    revise(ended, { status: "disqualified" }, stamp),
    nobodys,
  ];
  const recount = () =>
    recountHeld(
      (async function* () {
        for (const lead of now)
          yield { entity: "lead" as const, id: lead.id, version: lead.version, userId: openHolder({ ...lead }) };
      })(),
      { table: it.table, clock: it.clock, pause: async () => {} },
    );
  expect(await recount()).toBe(3);
  expect(await counted(it)).toEqual([2, 0, 1]);
  expect(await recount()).toBe(0);
  expect(await counted(it)).toEqual([2, 0, 1]);
});

test("B3 a lead that a rule has given counts at once, and once, when its change comes by", async () => {
  const it = await assignmentWorld(await db.createTable(), 1);
  await it.rules([{ id: "all", target: { kind: "user", userId: it.userIds[0] } }], { workingHours: false });
  const before = await it.addLead();
  await it.assign(before.id);
  expect(await counted(it)).toEqual([1]);
  const after = await it.leads.get(before.id);
  if (!after) throw new Error("it is there");
  await deliver(it, [{ after: before }, { before, after }]);
  expect(await counted(it)).toEqual([1]);
  const ended = revise(after, { status: "disqualified" }, { context: it.context, command: "test" });
  await deliver(it, [{ before: after, after: ended }]);
  await deliver(it, [{ before, after }]);
  expect(await counted(it)).toEqual([0]);
  expect((await it.tallies()).get(it.userIds[0] ?? "")).toMatchObject({ counts: { day: { count: 1 } } });
});

test("B3 leads that people were given by hand count against the cap of open ones", async () => {
  const it = await assignmentWorld(await db.createTable(), 2);
  const [busy = "", free = ""] = it.userIds;
  await it.rules([{ id: "all", target: { kind: "round_robin", among: { userIds: [busy, free] } } }], {
    workingHours: false,
    maxOpen: 2,
  });
  const byHand = [await it.addLead({ ownerId: busy }), await it.addLead({ ownerId: busy })];
  await deliver(
    it,
    byHand.map((after) => ({ after })),
  );
  const owners: (string | undefined)[] = [];
  for (let made = 0; made < 3; made++) {
    const { id } = await it.addLead();
    await it.assign(id);
    owners.push((await it.leads.get(id))?.ownerId);
  }
  expect(owners).toEqual([free, free, undefined]);
});

test("B3 a lead that is counted for somebody still waits until it is not", async () => {
  const it = await assignmentWorld(await db.createTable(), 1);
  await it.rules([{ id: "all", target: { kind: "user", userId: it.userIds[0] } }], { workingHours: false });
  const first = await it.addLead({ ownerId: it.userIds[0] ?? "" });
  await deliver(it, [{ after: first }]);
  const taken = revise(first, { ownerId: null, status: "new" }, { context: it.context, command: "test" });
  await it.leads.update(first, taken);
  let waits = 0;
  const pause = async () => {
    if (++waits === 2) await deliver(it, [{ before: first, after: taken }]);
  };
  expect(await it.assign(first.id, { ...it.process, pause })).toBe("assigned");
  expect([waits, await counted(it)]).toEqual([2, [1]]);
});

test("B3 a lead that is erased while somebody has it leaves the count, though all beside it goes first", async () => {
  const it = await assignmentWorld(await db.createTable(), 1);
  await it.rules([{ id: "all", target: { kind: "user", userId: it.userIds[0] } }], { workingHours: false });
  const { id } = await it.addLead();
  await it.assign(id);
  const before = await it.leads.get(id);
  if (!before) throw new Error("it is there");
  await notesOf({ table: it.table }).erase({ id, traits: {} });
  expect(await it.process.assignments.decisionOf(id)).toBeUndefined();
  const stamp = { context: it.context, command: "test" };
  await deliver(it, [{ before, after: revise(before, { erasure: "dsr_1", deletedAt: "2026-11-02" }, stamp) }]);
  expect(await counted(it)).toEqual([0]);
});
