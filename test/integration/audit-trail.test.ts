import { GetCommand } from "@aws-sdk/lib-dynamodb";
import { itemOf as storedAs } from "@shangji/aws/dynamo/audit/audit-items";
import { auditTableDefinition } from "@shangji/aws/dynamo/audit/audit-table";
import { auditTrailIn, auditWriterIn } from "@shangji/aws/dynamo/audit/audit-trail";
import type { Table } from "@shangji/aws/dynamo/kit/client";
import { noSubjectKeys, subjectKeysIn } from "@shangji/aws/dynamo/protection/subject-keys";
import type { AuditEntry } from "@shangji/contracts/audit/schemas";
import { sampleAuditEntry } from "@shangji/contracts/samples/records";
import type { TrailQuery } from "@shangji/core/audit/ports";
import { type DynamoDb, startDynamoDb } from "@shangji/testing/dynamodb";
import { faults, faultyClient } from "@shangji/testing/faulty-client";
import { refusingTable } from "@shangji/testing/refusing-client";
import * as fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

let db: DynamoDb;
beforeAll(async () => {
  db = await startDynamoDb();
});
afterAll(() => db.stop());

const day = 86_400_000;
const start = Date.parse("2026-10-01T00:00:00.000Z");
const at = (milliseconds: number) => new Date(start + milliseconds).toISOString();

function entry(index: number, fields: Partial<AuditEntry> = {}): AuditEntry {
  const recordId = `opp_${String(index).padStart(4, "0")}`;
  return { ...sampleAuditEntry, id: `${recordId}.1`, recordId, version: 1, ...fields };
}

async function trailOf(entries: readonly AuditEntry[], retentionDays = 0) {
  const table = await db.createTable({ definition: auditTableDefinition });
  await auditWriterIn(table, retentionDays, noSubjectKeys).append(entries);
  return { table, trail: auditTrailIn(table, subjectKeysIn(table)) };
}

/** Every page of a query, as far as it goes. */
async function readAll(table: Table, query: TrailQuery, limit: number) {
  const counted = { requests: 0 };
  const client = {
    send(command: unknown) {
      counted.requests++;
      return table.client.send(command as never); // passed on as it came
    },
  };
  const counting = { ...table, client: client as typeof table.client }; // all that the trail uses of it
  const trail = auditTrailIn(counting, subjectKeysIn(table));
  const pages: AuditEntry[][] = [];
  const requests: number[] = [];
  let after: Record<string, unknown> | undefined;
  do {
    counted.requests = 0;
    const page = await trail.list(query, { limit, after: after && JSON.parse(JSON.stringify(after)) });
    pages.push(page.items);
    requests.push(counted.requests);
    after = page.next;
  } while (after);
  return { pages, requests, items: pages.flat() };
}

test("H3 the trail is read newest first, each entry once, whatever the bounds, the page and the filter", async () => {
  const actors = ["usr_a", "usr_b"];
  const kinds = ["opportunity", "user"];
  const random = fc.sample(fc.integer({ min: 0, max: 6 * day }), { numRuns: 150, seed: 5 });
  // Many in one instant, some on the edges of days, some days without any.
  const times = [...random, ...Array(40).fill(2 * day + 7), 0, day - 1, day, 12 * day, 12 * day - 1];
  const spread = times.map((time, index) =>
    entry(index, { at: at(time), actorId: actors[index % 2] ?? "", kind: kinds[index % 3 === 0 ? 1 : 0] ?? "" }),
  );
  const entries = [...spread, ...lopsided(40)];
  const { table } = await trailOf(entries);
  const edges = fc.constantFrom(0, 1, day - 1, day, day + 1, 2 * day + 7, 2 * day + 8, 5 * day, 12 * day, 12 * day + 1);
  await fc.assert(
    fc.asyncProperty(
      fc.tuple(edges, edges).filter(([from, to]) => from < to),
      fc.integer({ min: 4, max: 60 }),
      fc.constantFrom(undefined, ...actors),
      fc.constantFrom(undefined, ...kinds),
      async ([from, to], limit, actor, kind) => {
        const query = { from: at(from), to: at(to), actor, kind };
        const { items, pages } = await readAll(table, query, limit);
        const wanted = entries.filter(
          (each) =>
            each.at >= query.from &&
            each.at < query.to &&
            (!actor || each.actorId === actor) &&
            (!kind || each.kind === kind),
        );
        expect(items.map(({ at: time }) => time)).toEqual(
          wanted
            .map(({ at: time }) => time)
            .sort()
            .reverse(),
        );
        expect(new Set(items.map(({ id }) => id)).size).toBe(wanted.length);
        for (const page of pages) expect(page.length).toBeLessThanOrEqual(limit);
      },
    ),
    {
      numRuns: 25,
      examples: [
        [[0, 5 * day], 4, undefined, undefined],
        [[0, 12 * day + 1], 20, undefined, undefined],
      ],
    },
  );
});

/** Entries that come right after a crowd of others and happen to lie in one shard, so that it stops before all others. */
function lopsided(count: number): AuditEntry[] {
  const candidates = Array.from({ length: count * 20 }, (_, index) =>
    entry(1000 + index, { at: at(2 * day + 100 + index), actorId: "usr_a" }),
  );
  return candidates.filter((each) => String(storedAs(each, 0).day).endsWith("#3")).slice(0, count);
}

test("H3 a page of the trail reads a bounded number of partitions, however many days are empty", async () => {
  const { table } = await trailOf([entry(1, { at: at(0) })]);
  const { requests, items } = await readAll(table, { from: at(0), to: at(60 * day) }, 50);
  expect(items).toHaveLength(1);
  expect(Math.max(...requests)).toBeLessThanOrEqual(64);
});

test("H3 a page of a full day is one round of its shards", async () => {
  const entries = Array.from({ length: 400 }, (_, index) => entry(index, { at: at(index * 1000) }));
  const { table } = await trailOf(entries);
  const { requests } = await readAll(table, { from: at(0), to: at(day) }, 50);
  expect(requests.reduce((sum, each) => sum + each, 0) / 400).toBeLessThan(0.5);
});

test("H3 entries of a day are spread over its shards", async () => {
  const entries = Array.from({ length: 200 }, (_, index) => entry(index));
  const { table } = await trailOf(entries);
  const days = await Promise.all(entries.map(async ({ recordId }) => (await itemOf(table, recordId))?.day));
  const sizes = [...Map.groupBy(days, (each) => each).values()].map((group) => group.length);
  expect(sizes).toHaveLength(8);
  expect(Math.max(...sizes)).toBeLessThan(60);
});

test("H3 a history is that of one record, newest first, page by page; sign-ins are no part of it", async () => {
  const versions = Array.from({ length: 12 }, (_, index) => entry(1, { id: `v${index + 1}`, version: index + 1 }));
  const { version: _, ...signIn } = entry(1, { id: "sign-in", action: "signed_in", requestId: "r" });
  const { trail } = await trailOf([...versions, entry(2), signIn]);
  const recordId = "opp_0001";
  const first = await trail.history(recordId, { limit: 8 });
  const second = await trail.history(recordId, { limit: 8, after: first.next });
  const ids = [...first.items, ...second.items].map(({ id }) => id);
  expect(ids).toEqual(versions.map(({ id }) => id).reverse());
  expect(second.next).toBeUndefined();
  expect(first.items[0]).toEqual(versions.at(-1));
});

test("H3 a history has versions and shares in one order, each once, whatever the page", async () => {
  const shared = (index: number): AuditEntry => {
    const { version: _, ...plain } = entry(1, { id: `s${index}`, requestId: `r${index}`, at: at(index) });
    return { ...plain, kind: "share", action: "shared", principalId: `usr_${index % 2}` };
  };
  const lives = fc.array(fc.boolean(), { minLength: 1, maxLength: 14 });
  await fc.assert(
    fc.asyncProperty(lives, fc.integer({ min: 1, max: 15 }), async (isShared, limit) => {
      const entries = isShared.map((is, index) =>
        is ? shared(index) : entry(1, { id: `v${index}`, version: index + 1, at: at(index) }),
      );
      const { trail } = await trailOf([...entries, entry(2)]);
      const ids: string[] = [];
      let after: Record<string, unknown> | undefined;
      do {
        const page = await trail.history("opp_0001", { limit, after: after && JSON.parse(JSON.stringify(after)) });
        expect(page.items.length).toBeLessThanOrEqual(limit);
        ids.push(...page.items.map(({ id }) => id));
        expect(ids.length).toBeLessThanOrEqual(entries.length);
        after = page.next;
      } while (after);
      expect(ids).toEqual(entries.map(({ id }) => id).reverse());
    }),
    { numRuns: 15, endOnFailure: true },
  );
});

/** How often the writer asks DynamoDB for so many entries at once. */
const requestsFor = (count: number) => Math.ceil(count / 25);

describe("H3 entries that are cut off on their way are all there once they came again, each as it was first", () => {
  const entries = Array.from({ length: 110 }, (_, index) => entry(index, { at: at(index) }));
  const cases = faults.flatMap((fault) =>
    Array.from({ length: requestsFor(entries.length) }, (_, call) => [fault, call] as const),
  );
  test.each(cases)("%s at request %i", async (fault, call) => {
    const { table, trail } = await trailOf(entries.slice(20, 50));
    let calls = 0;
    const client = faultyClient(table.client, () => (calls++ === call ? fault : undefined));
    const forged = entries.map((each) => ({ ...each, actorId: "usr_again" }));
    await expect(auditWriterIn({ ...table, client }, 0, noSubjectKeys).append(forged)).rejects.toThrow();
    await auditWriterIn(table, 0, noSubjectKeys).append(entries);
    const { items } = await trail.list({ from: at(0), to: at(day) }, { limit: 200 });
    expect(items.map(({ id }) => id)).toEqual(entries.map(({ id }) => id).reverse());
    const early = new Set(entries.slice(20, 50).map(({ id }) => id));
    for (const { id, actorId } of items) if (early.has(id)) expect(actorId).toBe(sampleAuditEntry.actorId);
  });
});

test("H3 an entry that DynamoDB throttles is waited for, and none that it refuses is passed over", async () => {
  const entries = Array.from({ length: 30 }, (_, index) => entry(index));
  const real = await db.createTable({ definition: auditTableDefinition });
  let refusals = 2;
  const { table } = refusingTable(real, ({ Parameters = [] }) =>
    Parameters.includes("opp_0007") && refusals-- > 0 ? "ThrottlingError" : undefined,
  );
  await auditWriterIn(table, 0, noSubjectKeys).append(entries);
  expect(refusals).toBeLessThan(0);
  for (const { recordId } of entries) expect(await itemOf(real, recordId)).toBeDefined();
  const refusing = refusingTable(real, () => "AccessDenied");
  await expect(auditWriterIn(refusing.table, 0, noSubjectKeys).append([entry(99)])).rejects.toThrow("AccessDenied");
});

test.each([
  [2_555, Math.floor(Date.parse(sampleAuditEntry.at) / 1000) + 2_555 * 86_400],
  [0, undefined],
])("H3 entries that are kept %i days go at second %s", async (days, ttl) => {
  const { table } = await trailOf([entry(1)], days);
  expect((await itemOf(table, "opp_0001"))?.ttl).toBe(ttl);
});

async function itemOf(table: Table, pk: string) {
  const Key = { pk, sk: "version#0000000001" };
  const { Item } = await table.client.send(new GetCommand({ TableName: table.name, Key }));
  return Item;
}
