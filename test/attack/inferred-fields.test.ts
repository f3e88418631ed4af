import { policiesIn } from "@shangji/aws/dynamo/access/policies";
import type { Condition } from "@shangji/contracts/kit/condition";
import { defaultRules } from "@shangji/core/access/default-policy";
import { systemClock } from "@shangji/lambda/settings";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Answer, attackedApi } from "./attacked-api.ts";

let api: Awaited<ReturnType<typeof attackedApi>>;
const views: Record<string, string> = {};

beforeAll(async () => {
  api = await attackedApi();
  const at = systemClock.now().toISOString();
  const change = { actorId: "system", at, command: "test", source: "system", requestId: "attack" } as const;
  await policiesIn(api.table, systemClock).save({
    ...defaultRules,
    fields: {
      analyst: { opportunity: { amountMinor: "hidden", source: "hidden" } },
      integration: { account: { externalId: "hidden" } },
    },
    version: 1,
    createdAt: at,
    updatedAt: at,
    change,
  });
  await made("POST /v1/pipelines", {
    name: { en: "Sales" },
    stages: ["open", "won", "lost"].map((type) => ({ name: { en: type }, type })),
    isDefault: true,
  });
  const ownerId = (await made("POST /v1/users", { name: "Owner", role: "rep" })).body.id;
  for (const [name, amountMinor] of [
    ["small", 1],
    ["large", 777_000],
  ] as const)
    await made("POST /v1/opportunities", { name, amountMinor, ownerId, source: "secret fair" });
  const shared = { entity: "opportunity", name: "shared", sharedWith: "all" };
  const secret = { field: "amountMinor", gte: 777_000 };
  for (const [name, question] of Object.entries({
    filtering: { filter: { any: [{ not: secret }] } },
    "filtering by the base amount": { filter: { ...secret, field: "baseAmountMinor" } },
    sorting: { sort: "-amountMinor" },
    showing: { fields: ["name", "amountMinor"] },
  }))
    views[name] = String((await made("POST /v1/views", { ...shared, ...question })).body.id);
});
afterAll(() => api.stop());

async function made(route: string, body: unknown): Promise<Answer> {
  const answer = await api.send({ route, body });
  expect({ route, status: answer.status, problem: answer.body.errors }).toMatchObject({ status: 201 });
  return answer;
}

const asked = (query: Record<string, string>, role: "admin" | "analyst" = "analyst") =>
  api.send({ route: "GET /v1/opportunities", query, role, userId: role === "admin" ? "usr_1" : "usr_2" });

const shown = ({ status, text }: Answer) => ({ status, text: text.replace(/"requestId":"[^"]*"/, "") });

/** Ways of asking for a field, by its name. */
const ways: [way: string, query: (field: string) => Record<string, string>][] = [
  ...(
    [
      ["equality", (field) => ({ field, eq: 777_000 })],
      ["order", (field) => ({ field, gte: 777_000 })],
      ["its text", (field) => ({ field, startsWith: "secret" })],
      ["presence", (field) => ({ field, exists: true })],
      ["absence", (field) => ({ not: { field, exists: true } })],
      ["a currency", (field) => ({ field, currency: "USD", lt: 777_000 })],
      ["a wrong value", (field) => ({ field, eq: "x" })],
      ["a wrong operator", (field) => ({ field, contains: "x" })],
      [
        "a choice",
        (field) => ({
          any: [
            { field: "name", eq: "large" },
            { field, in: [1, 777_000] },
          ],
        }),
      ],
    ] as [string, (field: string) => Condition][]
  ).map(([way, filter]): (typeof ways)[number] => [
    `a filter by ${way}`,
    (field) => ({ filter: JSON.stringify(filter(field)) }),
  ]),
  ["a sort", (field) => ({ sort: field })],
  ["a sort the other way", (field) => ({ sort: `-${field}` })],
  ["fields", (field) => ({ fields: `name,${field}` })],
];

describe("attack 2: a hidden field cannot be inferred", () => {
  test.each(ways)("by %s", async (_way, query) => {
    const unknown = await asked(query("noSuchField"));
    expect(unknown.status).toBe(422);
    for (const field of ["amountMinor", "baseAmountMinor", "source"]) {
      expect(shown(await asked(query(field)))).toEqual(shown(unknown));
    }
  });

  test.each(["filtering", "filtering by the base amount", "sorting"])("by a shared view that is %s", async (name) => {
    const view = views[name] ?? "";
    expect((await asked({ view }, "admin")).status).toBe(200);
    const answer = await asked({ view });
    expect(answer.body).toMatchObject({ status: 422, code: "invalid_request", errors: [{ pointer: "/query/view" }] });
    const definition = await api.send({
      route: "GET /v1/views/{id}",
      path: { id: view },
      role: "analyst",
      userId: "usr_2",
    });
    const listed = await api.send({ route: "GET /v1/views", role: "analyst", userId: "usr_2" });
    for (const { status, text } of [answer, definition, listed]) {
      expect(text).not.toMatch(/777|mountMinor/);
      expect(status).toBeLessThan(500);
    }
    expect(definition.body).toMatchObject({ id: view, restricted: true });
  });

  test("by the columns of a shared view", async () => {
    const answer = await asked({ view: views.showing ?? "", sort: "name" });
    expect(answer.body).toMatchObject({ items: [{ name: "large" }, { name: "small" }] });
    expect(answer.text).not.toMatch(/777|mountMinor|secret/);
  });

  test("by putting a record by its external id, alone or in a batch", async () => {
    const externalId = { source: "erp", id: "secret-1" };
    await made("POST /v1/accounts", { name: "Known by it", externalId });
    const put = (request: object) => api.send({ route: "", role: "integration", userId: "usr_3", ...request });
    for (const id of [externalId.id, "no-such-id"]) {
      const single = await put({
        route: "PUT /v1/accounts/by-external-id/{source}/{id}",
        path: { source: "erp", id },
        body: { name: "Known by it" },
      });
      expect(single.body).toMatchObject({ code: "field_not_allowed", errors: [{ pointer: "/path/id" }] });
      const upsert = { externalId: { source: "erp", id }, fields: { name: "Known by it" } };
      const { body } = await put({ route: "POST /v1/accounts/batch", body: { rows: [{ upsert }] } });
      expect(body).toMatchObject({ results: [{ status: 403, problem: { code: "field_not_allowed" } }] });
    }
    expect(await api.stored("account")).toMatchObject([{ name: "Known by it", version: 1 }]);
  });

  test("while all else can be asked for, and admins ask for everything", async () => {
    const filter = JSON.stringify({ field: "amountMinor", gte: 777_000 });
    const { body } = await asked({ filter, sort: "-amountMinor", fields: "name" }, "admin");
    expect(body.items).toEqual([{ id: expect.any(String), name: "large" }]);
    const named = await asked({ filter: JSON.stringify({ field: "name", startsWith: "LAR" }) });
    expect(named.body).toMatchObject({ items: [{ name: "large" }] });
    expect(named.text).not.toMatch(/777|mountMinor|secret/);
  });
});
