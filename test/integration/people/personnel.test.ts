import { deactivationsIn } from "@shangji/aws/dynamo/people/deactivations";
import { personnelIn } from "@shangji/aws/dynamo/people/personnel";
import { usersIn } from "@shangji/aws/dynamo/people/users";
import { type DynamoDb, startDynamoDb } from "@shangji/testing/dynamodb";
import { personnelConformance } from "@shangji/testing/personnel-conformance";
import { testClock } from "@shangji/testing/world";
import { afterAll, beforeAll } from "vitest";

let db: DynamoDb;
beforeAll(async () => {
  db = await startDynamoDb();
});
afterAll(() => db.stop());

personnelConformance("personnel in DynamoDB", async () => {
  const table = await db.createTable();
  const users = usersIn(table, testClock());
  return { users, personnel: personnelIn(table, users), deactivation: deactivationsIn(table).get };
});
