import { viewsIn } from "@shangji/aws/dynamo/views/views";
import { type DynamoDb, startDynamoDb } from "@shangji/testing/dynamodb";
import { viewsConformance } from "@shangji/testing/views-conformance";
import { afterAll, beforeAll } from "vitest";

let db: DynamoDb;
beforeAll(async () => {
  db = await startDynamoDb();
});
afterAll(() => db.stop());

viewsConformance("views in DynamoDB", async () => viewsIn(await db.createTable()));
