import { TransactWriteCommand } from "@aws-sdk/lib-dynamodb";
import { type Fault, faults, faultyClient } from "@shangji/testing/faulty-client";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Answer, attackedApi, intercepted } from "./attacked-api.ts";

let api: Awaited<ReturnType<typeof attackedApi>>;
beforeAll(async () => {
  api = await attackedApi();
});
afterAll(() => api.stop());

interface Result {
  index: number;
  status: number;
  id?: string;
  problem?: { code: string };
}

const resultsOf = ({ body }: Answer) => body.results as Result[]; // the answer of a batch
const named = async (prefix: string) =>
  (await api.stored("account"))
    .map(({ name }) => String(name))
    .filter((name) => name.startsWith(prefix))
    .sort();

/** Three rows: a plain one, one with a unique value, and one put. */
function batch(name: string) {
  const externalId = { source: "erp", id: name };
  const rows = [
    { create: { name: `${name} 0` } },
    { create: { name: `${name} 1`, externalId: { source: "crm", id: name } } },
    { upsert: { externalId, fields: { name: `${name} 2` } } },
  ];
  return {
    request: { route: "POST /v1/accounts/batch", body: { rows }, key: name },
    all: rows.map((_, at) => `${name} ${at}`),
  };
}

test("fifty equal batches at once have each effect once, and all who hear of a row hear of the same", async () => {
  const { request, all } = batch("Fifty");
  const answers = await Promise.all(Array.from({ length: 50 }, () => api.send(request)));
  for (const { status } of answers) expect(status).toBe(200);
  expect(await named("Fifty")).toEqual(all);
  for (const at of all.keys()) {
    const results = answers.map((answer) => resultsOf(answer)[at]);
    const done = results.filter((result) => result?.status === 201);
    expect(new Set(done.map((result) => result?.id)).size).toBe(1);
    // The engine gives up on some of so many transactions at one item, which is no answer that a row may hide.
    for (const result of results)
      if (result?.status !== 201) expect(["idempotency_in_progress", "internal"]).toContain(result?.problem?.code);
  }
  const last = await api.send(request);
  expect(resultsOf(last).map(({ status }) => status)).toEqual(all.map(() => 201));
  expect(last.headers["idempotency-replayed"]).toBe("true");
});

/** A client whose write number `at` goes wrong; after a crash nothing arrives any more. */
function faultyAt(at: number, fault: Fault) {
  let [writes, next] = [0, undefined as Fault | undefined];
  const faulty = faultyClient(api.client, () => next);
  return intercepted(api.client, (command) => {
    next = command instanceof TransactWriteCommand && writes++ === at ? fault : undefined;
    return faulty.send(command);
  });
}

describe("a batch that is cut off is finished by its repeat, and nothing is doubled", () => {
  const cases = [
    ...faults.map((fault) => [fault, 1] as const),
    ["crash-after", 0] as const,
    ["crash-after", 2] as const,
  ];
  test.each(cases)("%s at write %i", async (fault, at) => {
    const { request, all } = batch(`Cut ${fault} ${at}`);
    const first = await api.through(faultyAt(at, fault), () => api.send(request));
    const before = resultsOf(first);
    const repeated = resultsOf(await api.send(request));
    expect(repeated.map(({ status }) => status)).toEqual(all.map(() => 201));
    expect(await named(`Cut ${fault} ${at}`)).toEqual(all);
    // What was told to be done is what is there.
    for (const { index, status, id } of before) if (status === 201) expect(repeated[index]?.id).toBe(id);
    // A put that meets another write tries again by itself.
    if (fault !== "conflict") expect(before.some(({ status }) => status !== 201)).toBe(true);
    expect(resultsOf(await api.send(request))).toEqual(repeated);
  });
});

test("two batches with one key and other rows have the effect of one row each", async () => {
  const send = (tail: string) => {
    const rows = [0, 1, 2].map((at) => ({ create: { name: `Racer ${at} ${tail}` } }));
    return api.send({ route: "POST /v1/accounts/batch", body: { rows }, key: "racers" });
  };
  const answers = await Promise.all(["a", "b", "c", "d"].map(send));
  const codes = answers.flatMap(resultsOf).flatMap(({ problem }) => problem?.code ?? []);
  for (const code of codes) expect(["idempotency_key_reused", "idempotency_in_progress"]).toContain(code);
  expect((await named("Racer")).map((name) => name.slice(0, 7))).toEqual(["Racer 0", "Racer 1", "Racer 2"]);
});

test("a row's claim is another one than that of a single request, and of a row of another key", async () => {
  const one = { create: { name: "Apart" } };
  const send = (rows: object[], key: string) => api.send({ route: "POST /v1/accounts/batch", body: { rows }, key });
  await api.send({ route: "POST /v1/accounts", body: one.create, key: "apart#0" });
  await send([one], "apart");
  await send([one], "apart#0");
  await send([{ create: { name: "Apart too" } }, one], "apart");
  expect(await named("Apart")).toEqual(["Apart", "Apart", "Apart", "Apart"]);
});

test("puts of one record by many at once, each with a key, make one record that has every field", async () => {
  const fields = ["industry", "region", "phone", "website"] as const;
  const values = { industry: "retail", region: "East", phone: "123", website: "https://example.com" };
  const answers = await Promise.all(
    fields.map((field) => {
      const upsert = { externalId: { source: "erp", id: "met" }, fields: { name: "Met", [field]: values[field] } };
      return api.send({ route: "POST /v1/accounts/batch", body: { rows: [{ upsert }] }, key: `met ${field}` });
    }),
  );
  const ids = answers.flatMap(resultsOf).map(({ id }) => id);
  expect(new Set(ids).size).toBe(1);
  expect(await api.stored("account")).toContainEqual(expect.objectContaining({ name: "Met", ...values }));
});
