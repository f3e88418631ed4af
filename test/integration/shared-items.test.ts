import { cursorSecretIn } from "@shangji/aws/dynamo/kit/cursor-secret";
import { identitiesIn } from "@shangji/aws/dynamo/people/identities";
import { usersIn } from "@shangji/aws/dynamo/people/users";
import type { User } from "@shangji/contracts/people/schemas";
import { sampleUser } from "@shangji/contracts/samples/records";
import { newRecord } from "@shangji/core/kit/new-record";
import { type DynamoDb, startDynamoDb } from "@shangji/testing/dynamodb";
import { testContext } from "@shangji/testing/world";
import { afterAll, beforeAll, expect, test } from "vitest";

let db: DynamoDb;
beforeAll(async () => {
  db = await startDynamoDb();
});
afterAll(() => db.stop());

test("all functions of a table come to the same cursor secret, whoever is first", async () => {
  const table = await db.createTable();
  const secrets = await Promise.all(Array.from({ length: 5 }, () => cursorSecretIn(table)()));
  const later = await cursorSecretIn(table)();
  expect(later).toHaveLength(32);
  for (const secret of secrets) expect(Buffer.from(secret)).toEqual(Buffer.from(later));
});

test("a user and its identity are made together or not at all", async () => {
  const table = await db.createTable();
  const identities = identitiesIn(table);
  const context = testContext();
  const users = usersIn(table, context.clock);
  const { id: _, version: __, createdAt: ___, updatedAt: ____, ...fields } = sampleUser;
  const make = (email: string) => newRecord<User>("user", { ...fields, email }, { context, command: "test" });
  const user = make("lin@example.com");
  await identities.createUser(user, "subject-1");
  expect(await identities.userIdOf("subject-1")).toBe(user.id);
  expect(await users.get(user.id)).toEqual(user);
  const sameSubject = make("other@example.com");
  await expect(identities.createUser(sameSubject, "subject-1")).rejects.toMatchObject({ code: "duplicate_value" });
  expect(await users.get(sameSubject.id)).toBeUndefined();
  await expect(identities.createUser(make("LIN@example.com"), "subject-2")).rejects.toMatchObject({
    code: "duplicate_value",
  });
  expect(await identities.userIdOf("subject-2")).toBeUndefined();
});
