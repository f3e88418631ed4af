import { accountsIn } from "@shangji/aws/dynamo/accounts/accounts";
import { type DynamoDb, startDynamoDb } from "@shangji/testing/dynamodb";
import { recordStoreConformance } from "@shangji/testing/record-store-conformance";
import { afterAll, beforeAll } from "vitest";

let db: DynamoDb;
beforeAll(async () => {
  db = await startDynamoDb();
});
afterAll(() => db.stop());

recordStoreConformance("record store in DynamoDB", async () => accountsIn(await db.createTable()));
