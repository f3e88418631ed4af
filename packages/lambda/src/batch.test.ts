import { batchAccounts } from "@shangji/contracts/accounts/routes";
import type { RowResult } from "@shangji/contracts/kit/batch";
import { defaultRules } from "@shangji/core/access/default-policy";
import { notFound } from "@shangji/core/kit/domain-error";
import type { FirstWrite, TakenClaims } from "@shangji/core/kit/idempotency";
import { testContext, testViewer } from "@shangji/testing/world";
import { expect, onTestFinished, test, vi } from "vitest";
import { batchOperation, type RowHandlers } from "./batch.ts";

const id = "acc_01JD7Z3Q5V9W0X2Y4Z6A8B0C1D";
const noClaims: TakenClaims = { find: async () => undefined, findMany: async () => new Map() };
const viewer = testViewer({ role: "rep" });
const readOnlyTags = {
  ...viewer,
  rules: { ...defaultRules, fields: { rep: { account: { tags: "readOnly" as const } } } },
};

type Handlers = RowHandlers<unknown, unknown, unknown>;

/** Runs rows through handlers of which each test replaces what it looks at. */
async function run(
  rows: unknown[],
  given: Partial<Handlers> = {},
  options: { viewer?: typeof viewer; claims?: TakenClaims; key?: string } = {},
) {
  const handlers: Handlers = {
    create: async () => ({ id, version: 1 }),
    update: async () => ({ id, version: 2 }),
    upsert: async () => ({ record: { id, version: 1 }, isNew: false, isWritten: false }),
    ...given,
  };
  const context = testContext();
  const claim =
    options.key === undefined ? undefined : { key: options.key, fingerprint: "whole", at: context.clock.now() };
  const call = {
    params: undefined,
    query: undefined,
    body: { rows },
    expectedVersion: undefined,
    after: undefined,
    context: { ...context, claim },
    viewer: options.viewer ?? viewer,
    language: "en" as const,
  };
  const bound = batchOperation(batchAccounts, () => handlers);
  const { output, isRepeat } = await bound.run(call, options.claims ?? noClaims);
  return { results: (output as { results: RowResult[] }).results, isRepeat }; // what every batch answers
}

const create = (fields: object) => ({ create: { name: "x", ...fields } });

test("each row is told what it came to: added, changed, or put on what was there at its first version", async () => {
  const rows = [
    create({}),
    { update: { id, version: 1, fields: {} } },
    { upsert: { externalId: { source: "erp", id: "1" }, fields: {} } },
  ];
  const { results, isRepeat } = await run(rows);
  expect(results.map(({ status, version }) => [status, version])).toEqual([
    [201, 1],
    [200, 2],
    [200, 1],
  ]);
  expect(isRepeat).toBe(false);
});

test.each(["hidden", "readOnly"] as const)(
  "H2 nothing is put by an external id that is %s for the caller",
  async (rule) => {
    const rules = { ...defaultRules, fields: { rep: { account: { externalId: rule } } } };
    const upsert = vi.fn<Handlers["upsert"]>();
    const row = { upsert: { externalId: { source: "erp", id: "1" }, fields: { name: "x" } } };
    const { results } = await run([row], { upsert }, { viewer: { ...viewer, rules } });
    expect(results[0]).toMatchObject({
      status: 403,
      problem: { code: "field_not_allowed", errors: [{ pointer: "/body/rows/0/upsert/externalId" }] },
    });
    expect(upsert).not.toHaveBeenCalled();
  },
);

test("rows that name one record by its external id in two spellings are run in their order", async () => {
  const order: unknown[] = [];
  const upsert: Handlers["upsert"] = async (put) => {
    const { name } = (put as { fields: { name: string } }).fields;
    // The later a row is begun, the sooner it would be done.
    for (let turn = 3 - order.length; turn > 0; turn--) await Promise.resolve();
    order.push(name);
    return { record: { id, version: 1 }, isNew: false };
  };
  const create: Handlers["create"] = async () => {
    order.push("created");
    return { id, version: 1 };
  };
  await run(
    [
      { upsert: { externalId: { source: "erp", id: "1" }, fields: { name: "first" } } },
      { upsert: { externalId: { id: "1", source: "erp" }, fields: { name: "second" } } },
      { create: { name: "x", externalId: { source: "erp", id: " 1" } } },
    ],
    { create, upsert },
  );
  expect(order).toEqual(["first", "second", "created"]);
});

test("H2 a field that is not the caller's to write is refused in every kind of row, unless it only has its default", async () => {
  const rows = [
    create({ tags: ["a"] }),
    { update: { id, version: 1, fields: { tags: [] } } },
    { upsert: { externalId: { source: "erp", id: "1" }, fields: { tags: [] } } },
    create({}),
  ];
  const { results } = await run(rows, {}, { viewer: readOnlyTags });
  expect(results.map(({ problem }) => problem && [problem.code, problem.errors])).toEqual([
    ["field_not_allowed", [expect.objectContaining({ pointer: "/body/rows/0/create/tags" })]],
    ["field_not_allowed", [expect.objectContaining({ pointer: "/body/rows/1/update/fields/tags" })]],
    ["field_not_allowed", [expect.objectContaining({ pointer: "/body/rows/2/upsert/fields/tags" })]],
    undefined,
  ]);
});

test("a row that breaks is told nothing of why, is logged by its place, and stops no other", async () => {
  const lines: string[] = [];
  const spy = vi.spyOn(process.stdout, "write").mockImplementation((line) => lines.push(String(line)) > 0);
  onTestFinished(() => spy.mockRestore());
  let calls = 0;
  const { results } = await run([create({}), create({}), create({})], {
    async create() {
      calls += 1;
      if (calls === 2) throw new TypeError("secret of the house");
      return { id, version: 1 };
    },
  });
  expect(results.map(({ status }) => status)).toEqual([201, 500, 201]);
  expect(JSON.stringify(results)).not.toContain("secret");
  expect(lines.filter((line) => line.includes('"row failed"') && line.includes('"index":1'))).toHaveLength(1);
  expect(lines.join()).not.toContain("secret");
});

test("no row is begun once the time is over: the rest is told to come again", async () => {
  let now = 0;
  const printed = vi.spyOn(process.stdout, "write");
  onTestFinished(() => printed.mockRestore());
  const spy = vi.spyOn(performance, "now").mockImplementation(() => now);
  onTestFinished(() => spy.mockRestore());
  const rows = Array.from({ length: 60 }, () => create({}));
  const { results } = await run(rows, {
    async create() {
      now += 500;
      return { id, version: 1 };
    },
  });
  const late = results.filter(({ status }) => status !== 201);
  expect(late.length).toBeGreaterThan(20);
  for (const { problem } of late) expect(problem).toMatchObject({ status: 503, code: "unavailable" });
  expect(printed).not.toHaveBeenCalled();
});

test("I3 a row that an earlier batch with the key has done is not done again; the claim keeps its id and version", async () => {
  const kept: unknown[] = [];
  const done = new Map<string, FirstWrite>();
  const claims: TakenClaims = {
    find: async () => undefined,
    findMany: async (all) => new Map([...done].filter(([key]) => all.some((one) => one.key === key))),
  };
  const handlers: Partial<Handlers> = {
    async create(_, { claim }) {
      kept.push(claim?.keeps);
      if (claim)
        done.set(claim.key, {
          fingerprint: claim.fingerprint,
          record: { id, version: 1 } as NonNullable<FirstWrite["record"]>,
        });
      return { id, version: 1 };
    },
  };
  const first = await run([create({}), create({ region: "a" })], handlers, { claims, key: "k" });
  const again = await run([create({}), create({ region: "a" })], handlers, { claims, key: "k" });
  expect(again).toEqual({ results: first.results, isRepeat: true });
  const other = await run([create({ region: "b" }), create({ region: "a" }), create({})], handlers, {
    claims,
    key: "k",
  });
  expect(other.results.map(({ status, problem }) => problem?.code ?? status)).toEqual([
    "idempotency_key_reused",
    201,
    201,
  ]);
  expect(other.isRepeat).toBe(false);
  expect(kept).toEqual(["version", "version", "version"]);
});

test("a refusal is the row's own, with pointers that lead to it", async () => {
  const { results } = await run([create({ region: "" }), { update: { id, version: 1, fields: {} } }], {
    update: () => Promise.reject(notFound()),
  });
  expect(results[0]?.problem).toMatchObject({
    code: "invalid_request",
    errors: [{ pointer: "/body/rows/0/create/region" }],
  });
  expect(results[1]?.problem).toMatchObject({ code: "not_found", status: 404 });
});

test("I3 a put that finds what its twin has just added hears the twin's answer", async () => {
  const rows = [{ upsert: { externalId: { source: "erp", id: "1" }, fields: { name: "x" } } }];
  let fingerprint = "";
  const upsert: Handlers["upsert"] = async (_, { claim }) => {
    fingerprint = claim?.fingerprint ?? "";
    return { record: { id, version: 1 }, isNew: false, isWritten: false };
  };
  const record = { id, version: 1 } as NonNullable<FirstWrite["record"]>;
  const claims: TakenClaims = { ...noClaims, find: async () => ({ fingerprint, record }) };
  expect((await run(rows, { upsert }, { claims, key: "k" })).results).toMatchObject([{ status: 201, id, version: 1 }]);
  expect((await run(rows, { upsert }, { key: "k" })).results).toMatchObject([{ status: 200, id, version: 1 }]);
});
