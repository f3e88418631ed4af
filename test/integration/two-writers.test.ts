import { accountsIn } from "@shangji/aws/dynamo/accounts/accounts";
import { createAccount } from "@shangji/core/accounts/create-account";
import { updateAccount } from "@shangji/core/accounts/update-account";
import { DomainError } from "@shangji/core/kit/domain-error";
import { type DynamoDb, startDynamoDb } from "@shangji/testing/dynamodb";
import { fakeStores } from "@shangji/testing/fakes/stores";
import { testContext } from "@shangji/testing/world";
import { afterAll, beforeAll, expect, test } from "vitest";

let db: DynamoDb;
beforeAll(async () => {
  db = await startDynamoDb();
});
afterAll(() => db.stop());

const rounds = 500;

test("A2 two writers change one record a thousand times, and no change is lost", async () => {
  const deps = {
    ...fakeStores(),
    // Writes are twice as fast without indexes, and none is asked for what a record is like.
    accounts: { ...accountsIn(await db.createTable({ indexes: false })), findMatches: async () => [] },
    context: testContext(),
  };
  const { id } = await createAccount({ name: "Acme", tags: [], employees: 0, foundedYear: 1000 }, deps);
  let conflicts = 0;
  /** Adds one to a field of its own and to one that both share: each needs what the other has written last. */
  async function count(own: "foundedYear" | "annualRevenueMinor"): Promise<void> {
    for (let round = 0; round < rounds; ) {
      const read = await deps.accounts.get(id);
      const patch = { employees: (read?.employees ?? 0) + 1, [own]: (read?.[own] ?? 0) + 1 };
      try {
        await updateAccount({ id, expectedVersion: read?.version, patch }, deps);
        round++;
      } catch (error) {
        if (!(error instanceof DomainError)) throw error;
        expect(["conflict", "stale_version"]).toContain(error.code);
        conflicts++;
      }
    }
  }
  await Promise.all([count("foundedYear"), count("annualRevenueMinor")]);
  const after = await deps.accounts.get(id);
  expect(after).toMatchObject({
    version: 1 + 2 * rounds,
    employees: 2 * rounds,
    foundedYear: 1000 + rounds,
    annualRevenueMinor: rounds,
  });
  // They were in each other's way; else this proves nothing.
  expect(conflicts).toBeGreaterThan(10);
});
