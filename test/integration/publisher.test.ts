import { createHash } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import { QueryCommand } from "@aws-sdk/lib-dynamodb";
import { marshall } from "@aws-sdk/util-dynamodb";
import { sharesIn } from "@shangji/aws/dynamo/access/shares";
import { accountShape, accountsIn } from "@shangji/aws/dynamo/accounts/accounts";
import { auditTableDefinition } from "@shangji/aws/dynamo/audit/audit-table";
import { auditTrailIn, auditWriterIn } from "@shangji/aws/dynamo/audit/audit-trail";
import { createItem } from "@shangji/aws/dynamo/kit/record-store";
import { subjectKeysIn } from "@shangji/aws/dynamo/protection/subject-keys";
import { timelineIn } from "@shangji/aws/dynamo/timeline/timeline";
import type { EventEnvelope } from "@shangji/contracts";
import type { Account } from "@shangji/contracts/accounts/schemas";
import { changeBy } from "@shangji/core/kit/context";
import { newRecord } from "@shangji/core/kit/new-record";
import { bury, revise } from "@shangji/core/kit/revise";
import { streamHandler } from "@shangji/lambda/stream-handler";
import { type DynamoDb, startDynamoDb } from "@shangji/testing/dynamodb";
import { testClock, testContext } from "@shangji/testing/world";
import type { DynamoDBRecord } from "aws-lambda";
import { afterAll, beforeAll, expect, test } from "vitest";
import { publishChanges } from "../../functions/events/publish-changes.ts";

let db: DynamoDb;
beforeAll(async () => {
  db = await startDynamoDb();
});
afterAll(() => db.stop());

async function world({ refuse = () => false }: { refuse?: (event: EventEnvelope) => boolean } = {}) {
  const table = await db.createTable();
  const auditTable = await db.createTable({ definition: auditTableDefinition });
  const keys = subjectKeysIn(table);
  const published: EventEnvelope[] = [];
  const digest = (text: string) => createHash("sha256").update(text).digest();
  const deps = {
    customer: "test",
    digest,
    fingerprint: (text: string) => digest(text).toString("hex").slice(0, 32),
    timeline: timelineIn(table),
    audit: auditWriterIn(auditTable, 30, keys),
    bus: {
      async publish(events: readonly EventEnvelope[]) {
        published.push(...events.filter((event) => !refuse(event)));
        return new Set(events.filter(refuse).map(({ id }) => id));
      },
    },
  };
  const clock = testClock();
  const context = { ...testContext({ clock }), clock };
  const account = newRecord<Account>(
    "account",
    { name: "Acme", tags: [], industry: "retail" },
    { context, command: "test" },
  );
  await accountsIn(table).create(account);
  const image = (record: Account) => createItem(table, accountShape, record).Put?.Item ?? {};
  const partition = async (pk: string) => {
    const values = { KeyConditionExpression: "pk = :pk", ExpressionAttributeValues: { ":pk": pk } };
    const { Items = [] } = await table.client.send(new QueryCommand({ TableName: table.name, ...values }));
    return new Map(Items.map((item) => [String(item.sk), item]));
  };
  /** What the stream tells of a write: the items of a partition that it has changed. */
  const written = async (pk: string, write: () => Promise<void>) => {
    const before = await partition(pk);
    await write();
    const after = [...(await partition(pk))].filter(([sk, item]) => !isDeepStrictEqual(item, before.get(sk)));
    return after.map(([sk, item]) => record(`${pk} ${sk}`, item, before.get(sk)));
  };
  return {
    deps,
    table,
    written,
    trail: auditTrailIn(auditTable, keys),
    published,
    account,
    context,
    image,
    handle: streamHandler("test", (records) => publishChanges(records, deps)),
  };
}

function record(SequenceNumber: string, after: object, before?: object): DynamoDBRecord {
  const images = { NewImage: marshall(after), ...(before ? { OldImage: marshall(before) } : {}) };
  return { dynamodb: { SequenceNumber, ...images } } as DynamoDBRecord; // both libraries write the same JSON
}

test("writes become events and timeline entries, the same ones when the batch comes again", async () => {
  const { deps, published, account, context, image, handle } = await world();
  const updated = revise(account, { industry: "software" }, { context, command: "test" });
  const batch = { Records: [record("1", image(account)), record("2", image(updated), image(account))] };
  expect(await handle(batch)).toEqual({ batchItemFailures: [] });
  expect(published.map(({ type }) => type)).toEqual(["account.created.v1", "account.updated.v1"]);
  expect(published[1]).toMatchObject({ previous: { industry: "retail" }, data: { industry: "software" } });
  // What serves only the store stays in it.
  for (const field of ["pk", "sk", "kind", "lookup", "change"]) expect(published[0]?.data).not.toHaveProperty(field);
  expect(published[0]?.data).not.toHaveProperty("ownerId");
  await handle(batch);
  expect(published.slice(2)).toEqual(published.slice(0, 2));
  expect((await deps.timeline.list(account.id, { limit: 10 }, undefined))?.items).toHaveLength(1);
});

test("the stream goes on from a record that cannot be read, and what stands before it is published", async () => {
  const { published, account, image, handle } = await world();
  const poison = { ...image(account), name: 5 };
  const batch = { Records: [record("1", image(account)), record("2", poison), record("3", image(account))] };
  expect(await handle(batch)).toEqual({ batchItemFailures: [{ itemIdentifier: "2" }] });
  expect(published).toHaveLength(1);
});

test("the stream goes on from the record whose event the bus refused", async () => {
  const { account, context, image, handle } = await world({ refuse: ({ type }) => type === "account.updated.v1" });
  const updated = revise(account, { industry: "software" }, { context, command: "test" });
  const batch = { Records: [record("1", image(account)), record("2", image(updated), image(account))] };
  expect(await handle(batch)).toEqual({ batchItemFailures: [{ itemIdentifier: "2" }] });
});

test("items that are no records, and items that are gone, are passed by", async () => {
  const { published, account, image, handle } = await world();
  const gone = { dynamodb: { SequenceNumber: "2", OldImage: marshall(image(account)) } } as DynamoDBRecord; // as above
  await handle({ Records: [record("1", { pk: "secret#cursor", sk: "secret" }), gone] });
  expect(published).toEqual([]);
});

test("H3 each write leaves one audit entry with who, what and the values, also when the batch comes again", async () => {
  const { trail, account, context, image, handle } = await world();
  const updated = revise(account, { industry: "software", tags: ["a"] }, { context, command: "updateAccount" });
  const gone = bury(updated, context, "deleteAccount");
  const batch = {
    Records: [
      record("1", image(account)),
      record("2", image(updated), image(account)),
      record("3", image(gone), image(updated)),
    ],
  };
  await handle(batch);
  const { items } = await trail.history(account.id, { limit: 10 });
  expect(items).toMatchObject([
    { action: "deleted", command: "deleteAccount", version: 3, changes: [] },
    {
      action: "updated",
      actorId: context.actor.userId,
      requestId: context.requestId,
      source: "api",
      at: updated.updatedAt,
      changes: [
        { field: "industry", from: "retail", to: "software" },
        { field: "tags", from: [], to: ["a"] },
      ],
    },
    { action: "created", version: 1 },
  ]);
  expect(await handle(batch)).toEqual({ batchItemFailures: [] });
  await handle({ Records: batch.Records.toReversed() });
  expect((await trail.history(account.id, { limit: 10 })).items).toEqual(items);
});

test("H3 an entry that is there stays as it is, whatever is said of its version later", async () => {
  const { trail, account, image, handle } = await world();
  await handle({ Records: [record("1", image(account))] });
  await handle({ Records: [record("1", image({ ...account, name: "Forged" }))] });
  const { items } = await trail.history(account.id, { limit: 10 });
  expect(items.map(({ changes }) => changes.find(({ field }) => field === "name")?.to)).toEqual(["Acme"]);
});

test("H3 the trail takes a record that no event can be made of", async () => {
  const { trail, account, image, handle } = await world();
  const poison = { ...image(account), name: 5 };
  const batch = { Records: [record("1", poison), record("2", image(account))] };
  expect(await handle(batch)).toEqual({ batchItemFailures: [{ itemIdentifier: "1" }] });
  expect((await trail.history(account.id, { limit: 10 })).items).toHaveLength(1);
});

test("H3 a share, its change and its end are in the history of the record, also when the batches come again", async () => {
  const { table, trail, account, context, handle, written } = await world();
  const shares = sharesIn(table, context.clock);
  const principalId = "usr_00000000000000000000000002";
  const share = { recordId: account.id, principalId, sharedBy: context.actor.userId, sharedAt: account.createdAt };
  const change = (requestId: string) => changeBy({ ...context, requestId }, "test", context.clock.now().toISOString());
  const writes = [
    () => shares.save({ ...share, level: "read" }, change("r1")),
    () => shares.save({ ...share, level: "write" }, change("r2")),
    () => shares.save({ ...share, level: "write" }, change("r3")),
    () => shares.remove(share, change("r4")),
    () => shares.remove(share, change("a repeat")),
    () => shares.save({ ...share, level: "read" }, change("r5")),
  ];
  const Records: DynamoDBRecord[] = [];
  for (const write of writes) {
    context.clock.advance(1000);
    Records.push(...(await written(account.id, write)));
  }
  expect(Records).toHaveLength(5);
  await handle({ Records });
  const { items } = await trail.history(account.id, { limit: 10 });
  const entry = { kind: "share", category: "access", recordId: account.id, principalId, source: "api" };
  const levels = [
    { action: "shared", requestId: "r5", changes: [{ field: "level", to: "read" }] },
    { action: "share_ended", requestId: "r4", changes: [{ field: "level", from: "write" }] },
    { action: "shared", requestId: "r3", changes: [] },
    { action: "shared", requestId: "r2", changes: [{ field: "level", from: "read", to: "write" }] },
    { action: "shared", requestId: "r1", changes: [{ field: "level", to: "read" }] },
  ];
  expect(items).toMatchObject(levels.map((level) => ({ ...entry, ...level, actorId: context.actor.userId })));
  await handle({ Records: Records.toReversed() });
  expect((await trail.history(account.id, { limit: 10 })).items).toEqual(items);
});
