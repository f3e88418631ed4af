import { accountsIn } from "@shangji/aws/dynamo/accounts/accounts";
import { leadsIn } from "@shangji/aws/dynamo/leads/leads";
import { type DynamoDb, startDynamoDb } from "@shangji/testing/dynamodb";
import { recordStoreConformance } from "@shangji/testing/record-store-conformance";
import { afterAll, beforeAll } from "vitest";

let db: DynamoDb;
beforeAll(async () => {
  db = await startDynamoDb();
});
afterAll(() => db.stop());

recordStoreConformance("record store in DynamoDB", async () => accountsIn(await db.createTable()));

recordStoreConformance("record store of leads in DynamoDB", async () => {
  const leads = leadsIn(await db.createTable());
  // The suite writes accounts, whose fields leads have too; a person's record has a seal besides once a call had a key.
  const store = leads as unknown as ReturnType<typeof accountsIn>;
  return { ...store, get: async (id) => withoutSeal(await store.get(id)) };
});

function withoutSeal<T extends { seal?: string | undefined }>(record: T | undefined): T | undefined {
  if (record) delete record.seal;
  return record;
}
