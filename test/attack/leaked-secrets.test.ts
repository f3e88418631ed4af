import { readFile } from "node:fs/promises";
import { ScanCommand } from "@aws-sdk/lib-dynamodb";
import { expect, inject, test } from "vitest";
import { localTable } from "../../scripts/local/seed.ts";
import { clientOf, eventually, raw } from "../e2e/api.ts";
import { tokens } from "../e2e/tokens.ts";
import { makeKey, secretOf } from "./make-key.ts";

const admin = clientOf("admin");
const logged = () => readFile(inject("logFile"), "utf8");

/** Waits until the functions have logged these requests. */
const loggedAll = (requestIds: readonly string[]) =>
  eventually(logged, (text) => requestIds.every((requestId) => text.includes(requestId)));

/** The part of a secret that nobody may know. */
const random = (secret: string) => secret.slice(-43);

test("secrets of keys stand in no line of any log, wherever a caller puts them", async () => {
  const { account, key, secret } = await makeKey({ scopes: ["account:read"] });
  const next = await admin.call("rotateApiKey", { path: { id: account.id, keyId: key.id }, body: {} });
  const secrets = [secret, secretOf(next)];
  const requestIds: string[] = [];
  for (const each of secrets) {
    const wrongPlaces = [
      raw("/v1/accounts", { token: each }),
      raw("/v1/accounts", { token: each, body: { name: "forbidden" } }),
      raw(`/v1/accounts/${each}`, { role: "rep" }),
      raw(`/v1/accounts?key=${each}`, { role: "rep" }),
      raw("/v1/accounts", { role: "rep", body: { [each]: each } }),
      raw("/v1/accounts", { role: "rep", text: `{"${each}` }),
      raw(`/v1/accounts/acc_01JD7Z3Q5V9W0X2Y4Z6A8B0C1D`, {
        role: "rep",
        method: "PATCH",
        body: {},
        headers: { "if-match": each },
      }),
    ];
    for (const { headers } of await Promise.all(wrongPlaces)) requestIds.push(String(headers.get("apigw-requestid")));
    // Cut short: the authoriser's own path for what is no key.
    expect((await raw("/v1/accounts", { token: each.slice(0, -1) })).status).toBe(401);
  }
  const text = await loggedAll(requestIds);
  for (const each of secrets) expect(text).not.toContain(random(each).slice(0, -1));
  for (const token of Object.values(tokens)) expect(text).not.toContain(token);
});

test("the plain secret is nowhere in the table, nor in what is derived from it", async () => {
  const { secret } = await makeKey({ scopes: ["account:write", "note:read"] });
  const made = await raw("/v1/accounts", { token: secret, body: { name: "Written with a key" } });
  expect(made.status).toBe(201);
  const path = { id: String(made.body.id) };
  await eventually(
    () => admin.call("getTimeline", { path, query: {} }),
    ({ items }) => items.length > 0,
  );
  const items = await wholeTable();
  expect(items.length).toBeGreaterThan(10);
  const found = items.filter((item) => JSON.stringify(item).includes(random(secret)));
  expect(found).toEqual([]);
});

async function wholeTable(): Promise<Record<string, unknown>[]> {
  const table = localTable(inject("stack").store);
  const items: Record<string, unknown>[] = [];
  let from: Record<string, unknown> | undefined;
  do {
    const page = await table.client.send(
      new ScanCommand({ TableName: table.name, ConsistentRead: true, ExclusiveStartKey: from }),
    );
    items.push(...(page.Items ?? []));
    from = page.LastEvaluatedKey;
  } while (from);
  return items;
}
