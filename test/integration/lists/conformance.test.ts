import { opportunitiesIn } from "@shangji/aws/dynamo/opportunities/opportunities";
import { type DynamoDb, startDynamoDb } from "@shangji/testing/dynamodb";
import { listingConformance } from "@shangji/testing/listing-conformance";
import { afterAll, beforeAll } from "vitest";

let db: DynamoDb;
beforeAll(async () => {
  db = await startDynamoDb();
});
afterAll(() => db.stop());

listingConformance("lists in DynamoDB", async () => opportunitiesIn(await db.createTable()), { runs: 15 });
