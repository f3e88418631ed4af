import { countHeld } from "@shangji/aws/dynamo/assignment/count-held";
import { type DynamoDb, startDynamoDb } from "@shangji/testing/dynamodb";
import { measuredClient } from "@shangji/testing/measured-client";
import { meteredClient } from "@shangji/testing/metered-client";
import { afterAll, beforeAll, expect, test } from "vitest";
import { assignmentWorld, processOf } from "./world.ts";

let db: DynamoDb;
beforeAll(async () => {
  db = await startDynamoDb();
});
afterAll(() => db.stop());

test("B3 an assignment takes three requests, and reads what is kept of whom its rule names and of nobody else", async () => {
  const it = await assignmentWorld(await db.createTable(), 60);
  const named = it.userIds.slice(0, 20);
  const other = { kind: "least_loaded", among: { userIds: it.userIds } };
  await it.rules(
    [
      { id: "other", when: { field: "source", eq: "fair" }, target: other },
      { id: "all", target: { kind: "round_robin", among: { userIds: named } } },
    ],
    { workingHours: false },
  );
  const measured = measuredClient(it.table.client);
  const metered = meteredClient(measured.client);
  const process = processOf({ ...it.table, client: metered.client }, it.clock);
  const held = it.userIds.map((userId, index) => ({
    entity: "lead" as const,
    id: `lead_${index}`,
    version: 1,
    userId,
  }));
  await countHeld(held, { table: it.table, clock: it.clock, pause: async () => {} });
  // The first one reads rules, calendar and users, which are remembered then, and makes no turns yet.
  for (let made = 0; made < 2; made++) {
    metered.reset();
    measured.take();
    const { id } = await it.addLead();
    expect(await it.assign(id, process)).toBe("assigned");
  }
  const { read, written } = measured.take();
  // The lead, and a tally each of twenty; what is not there yet, decision and mark, the engine counts as nothing.
  expect([metered.requests(), read]).toEqual([3, 21]);
  expect(written).toBeLessThanOrEqual(16);
});
