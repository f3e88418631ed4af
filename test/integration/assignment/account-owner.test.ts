import { accountsIn } from "@shangji/aws/dynamo/accounts/accounts";
import { accountOwnersIn } from "@shangji/aws/dynamo/assignment/account-owners";
import { bury } from "@shangji/core/kit/revise";
import { type DynamoDb, startDynamoDb } from "@shangji/testing/dynamodb";
import { meteredClient } from "@shangji/testing/metered-client";
import { afterAll, beforeAll, expect, test } from "vitest";
import { assignmentWorld, processOf } from "./world.ts";

let db: DynamoDb;
beforeAll(async () => {
  db = await startDynamoDb();
});
afterAll(() => db.stop());

const ownerRules = (fallback: string) => [
  { id: "owner", target: { kind: "account_owner" } },
  { id: "rest", target: { kind: "user", userId: fallback } },
];

test("B3 a lead goes to the owner of the account that is called like its company, or on to the next rule with the reason", async () => {
  const it = await assignmentWorld(await db.createTable(), 3);
  const [fallback = "", owner = "", other = ""] = it.userIds;
  await it.rules(ownerRules(fallback), { workingHours: false });
  await it.addAccount("华为技术有限公司", { ownerId: owner });
  // Another office of the same company, and one that nobody has, leave no doubt.
  await it.addAccount("华为技术 股份有限公司", { ownerId: owner });
  await it.addAccount("华为技术");
  await it.addAccount("Acme Co., Ltd.", { ownerId: owner });
  await it.addAccount("ACME GmbH", { ownerId: other });
  await it.addAccount("Nobody's Inc.");
  const gone = await it.addAccount("Gone Ltd", { ownerId: owner });
  await accountsIn(it.table).remove(gone, bury(gone, it.context, "test"));
  const given = async (company?: string) => {
    const { id } = await it.addLead(company === undefined ? {} : { company });
    expect(await it.assign(id)).toBe("assigned");
    const decision = await it.process.assignments.decisionOf(id);
    return [(await it.leads.get(id))?.ownerId, decision?.explanation.rules[0]?.outcome, decision?.lookedAt];
  };
  expect(await given("华为技术")).toEqual([owner, "decided", ["company"]]);
  expect(await given("acme")).toEqual([fallback, "several_account_owners", ["company"]]);
  expect(await given("Nobody's")).toEqual([fallback, "no_account_owner", ["company"]]);
  expect(await given("Gone")).toEqual([fallback, "no_account_owner", ["company"]]);
  expect(await given("华为终端")).toEqual([fallback, "no_account_owner", ["company"]]);
  expect(await given()).toEqual([fallback, "no_account_owner", ["company"]]);
});

test("B3 accounts are asked for only when a rule that matches wants their owner, by two requests", async () => {
  const it = await assignmentWorld(await db.createTable(), 2);
  const [fallback = "", owner = ""] = it.userIds;
  const rules = ownerRules(fallback).map((rule) => ({ ...rule, when: { field: "region", eq: "华东" } }));
  await it.rules(rules, { workingHours: false });
  for (let made = 0; made < 30; made++) await it.addAccount("Acme", { ownerId: owner });
  const meter = meteredClient(it.table.client);
  const process = processOf({ ...it.table, client: meter.client }, it.clock);
  await it.assign((await it.addLead({ company: "Acme" })).id, process);
  meter.reset();
  await it.assign((await it.addLead({ company: "Acme" })).id, process);
  const without = meter.requests();
  meter.reset();
  const asked = await it.addLead({ company: "Acme", region: "华东" });
  await it.assign(asked.id, process);
  // The tally besides.
  expect(meter.requests() - without).toBe(3);
  expect((await it.leads.get(asked.id))?.ownerId).toBe(owner);
  expect(await accountOwnersIn(it.table).ownersOf("acme ltd")).toEqual([owner]);
});
