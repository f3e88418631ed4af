import { countHeld } from "@shangji/aws/dynamo/assignment/count-held";
import type { Lead } from "@shangji/contracts/leads/schemas";
import type { Stored } from "@shangji/core/kit/record";
import { revise } from "@shangji/core/kit/revise";
import { type DynamoDb, startDynamoDb } from "@shangji/testing/dynamodb";
import { faults, faultyClient } from "@shangji/testing/faulty-client";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { atOnce } from "../assignment/world.ts";
import { remarked } from "../timers/said.ts";
import { leadPools, worlds } from "./world.ts";

let db: DynamoDb;
beforeAll(async () => {
  db = await startDynamoDb();
});
afterAll(() => db.stop());

const minute = 60_000;

describe.each(worlds)("B5 claims of %s are followed up:", (_, worldOf) => {
  test("the first touch of a person since is counted once, in the time it took, and what still waits is told of", async () => {
    const it = await worldOf(await db.createTable(), 2);
    const [userId = "", other = ""] = it.userIds;
    const [first, second, third] = [await it.addPooled(), await it.addPooled(), await it.addPooled()];
    // Who looks at it before anybody has it touches nothing.
    await it.note(userId, first.id);
    it.clock.advance(minute);
    for (const { id } of [first, second, third]) await it.claim(userId, id);
    expect([await it.followed(first.id), await it.firstTouch()]).toEqual(["none", { claims: 3, count: 0 }]);
    it.clock.advance(4 * minute);
    await it.note("svc_01JD7Z3Q5V9W0X2Y4Z6A8B0C1D", first.id);
    await it.note(userId, first.id, remarked);
    // Neither is a call of an hour ago, which was before the claim.
    const happenedAt = new Date(it.clock.now().getTime() - 60 * minute).toISOString();
    await it.note(userId, first.id, { channel: "call", happenedAt });
    expect(await it.followed(first.id)).toBe("none");
    await it.note(userId, first.id);
    it.clock.advance(minute);
    await it.note(userId, first.id);
    expect([await it.followed(first.id), await it.followed(first.id)]).toEqual(["touched", "none"]);
    expect(await it.firstTouch()).toEqual({
      claims: 3,
      count: 1,
      meanSeconds: 240,
      medianWithinSeconds: 300,
      p90WithinSeconds: 300,
    });
    it.clock.advance(3 * 60 * minute);
    await it.note(other, second.id);
    expect(await it.followed(second.id)).toBe("touched");
    expect(await it.firstTouch()).toEqual({
      claims: 3,
      count: 2,
      meanSeconds: (240 + 5 * 60 + 3 * 3600) / 2,
      medianWithinSeconds: 300,
      p90WithinSeconds: 4 * 3600,
    });
  });

  test("what went back untouched, or to somebody else, is not counted, and a claim of it after that is one of its own", async () => {
    const it = await worldOf(await db.createTable(), 2);
    const [userId = "", other = ""] = it.userIds;
    const { id } = await it.addPooled();
    await it.claim(userId, id);
    it.clock.advance(minute);
    await it.giveBack(userId, id);
    await it.note(userId, id);
    expect(await it.followed(id)).toBe("none");
    it.clock.advance(10 * minute);
    await it.claim(other, id);
    it.clock.advance(2 * minute);
    await it.note(other, id);
    expect(await it.followed(id)).toBe("touched");
    expect(await it.firstTouch()).toMatchObject({ claims: 2, count: 1, meanSeconds: 120 });
    await it.giveBack(other, id);
    await it.assign(userId, id);
    await it.note(userId, id);
    expect(await it.followed(id)).toBe("none");
  });

  test("what is told of a claim late leaves it to be followed up", async () => {
    const it = await worldOf(await db.createTable(), 1);
    const [userId = ""] = it.userIds;
    const { id } = await it.addPooled();
    const claimed = await it.claim(userId, id);
    // Another version of the same person's record is counted, as after a restoration.
    const held = { entity: it.entity, id, version: claimed.version + 1, userId };
    await countHeld([held], { table: it.table, clock: it.clock, pause: async () => {} });
    await it.note(userId, id);
    expect(await it.followed(id)).toBe("touched");
    await countHeld([{ ...held, version: claimed.version + 2 }], {
      table: it.table,
      clock: it.clock,
      pause: async () => {},
    });
    expect(await it.followed(id)).toBe("none");
    expect(await it.firstTouch()).toMatchObject({ count: 1 });
  });

  test("of a count and a first touch at the same moment one looks again, and the claim does not come back", async () => {
    const it = await worldOf(await db.createTable(), 1);
    const [userId = ""] = it.userIds;
    const { id } = await it.addPooled();
    const claimed = await it.claim(userId, id);
    await it.note(userId, id);
    let calls = 0;
    const client = new Proxy(it.table.client, {
      get(target, property) {
        if (property !== "send") return Reflect.get(target, property, target);
        return async (...call: Parameters<typeof target.send>) => {
          // The first call of a count reads the mark, the second one writes it.
          if (++calls === 2) expect(await it.followed(id)).toBe("touched");
          return target.send(...call);
        };
      },
    });
    const held = { entity: it.entity, id, version: claimed.version + 1, userId };
    await countHeld([held], { table: { ...it.table, client }, clock: it.clock, pause: async () => {} });
    expect([calls > 2, await it.followed(id)]).toEqual([true, "none"]);
    expect(await it.firstTouch()).toMatchObject({ count: 1 });
  });

  test("what was passed on by hand is nobody's claim any more", async () => {
    const it = await worldOf(await db.createTable(), 2);
    const [userId = "", other = ""] = it.userIds;
    const { id } = await it.addPooled();
    await it.claim(userId, id);
    await it.passOn(id, other);
    await it.note(other, id);
    expect([await it.followed(id), await it.firstTouch()]).toEqual(["none", { claims: 1, count: 0 }]);
  });

  test("many at once, each told of twice, are each counted once", async () => {
    const it = await worldOf(await db.createTable(), 1);
    const [userId = ""] = it.userIds;
    const ids: string[] = [];
    for (let made = 0; made < 24; made++) ids.push((await it.addPooled()).id);
    for (const id of ids) await it.claim(userId, id);
    it.clock.advance(minute);
    for (const id of ids) await it.note(userId, id);
    const outcomes: string[] = [];
    const toldTwice = ids.flatMap((id) => [id, id]);
    await atOnce(toldTwice, 8, async (id) => {
      // The bus tells again of what was given up.
      for (let tries = 0; ; tries++) {
        try {
          outcomes.push(await it.followed(id));
          return;
        } catch (error) {
          if (tries === 20) throw error;
        }
      }
    });
    expect(outcomes.filter((outcome) => outcome === "touched")).toHaveLength(ids.length);
    expect(await it.firstTouch()).toMatchObject({ claims: 24, count: 24, meanSeconds: 60 });
  });

  test.each(faults)(
    "what meets %s at any call is counted once, by itself or when it is told of again",
    async (fault) => {
      const it = await worldOf(await db.createTable(), 1);
      const [userId = ""] = it.userIds;
      for (let at = 0, counted = 0; ; at++) {
        const { id } = await it.addPooled();
        await it.claim(userId, id);
        await it.note(userId, id);
        let calls = 0;
        const client = faultyClient(it.table.client, () => (calls++ === at ? fault : undefined));
        await it.followed(id, { ...it.table, client }).catch(() => undefined);
        await it.followed(id);
        counted += 1;
        expect(await it.firstTouch()).toMatchObject({ count: counted, claims: counted });
        if (calls <= at) return;
      }
    },
  );
});

test("B5 a lead that is worked on, or done with, is followed up as one with a note is, even when it counts for nobody by then", async () => {
  const it = await leadPools(await db.createTable(), 1);
  const [userId = ""] = it.userIds;
  const stamp = { context: it.context, command: "test" };
  const move = async (lead: Stored<Lead>, status: Lead["status"]) => {
    const statusChangedAt = it.clock.now().toISOString();
    await it.records.update(lead, revise(lead, { status, statusChangedAt }, stamp));
  };
  const [working, ended] = [await it.addPooled(), await it.addPooled()];
  const claims = [await it.claim(userId, working.id), await it.claim(userId, ended.id)];
  it.clock.advance(minute);
  for (const [index, status] of (["working", "disqualified"] as const).entries()) {
    const lead = claims[index];
    if (lead) await move(lead, status);
  }
  const closed = { entity: "lead" as const, id: ended.id, version: 4, userId: undefined };
  await countHeld([closed], { table: it.table, clock: it.clock, pause: async () => {} });
  expect([await it.followed(working.id), await it.followed(ended.id)]).toEqual(["touched", "touched"]);
  expect(await it.firstTouch()).toMatchObject({ count: 2, meanSeconds: 60 });
});
