import { type Fault, faults, faultyClient } from "@shangji/testing/faulty-client";
import { afterAll, beforeAll, expect, test } from "vitest";
import { attackedApi } from "./attacked-api.ts";

let api: Awaited<ReturnType<typeof attackedApi>>;
beforeAll(async () => {
  api = await attackedApi();
});
afterAll(() => api.stop());

/** A client that answers as it should but for one of its calls. */
function faultyAt(position: number, fault: Fault) {
  let calls = 0;
  const client = faultyClient(api.client, () => (++calls === position ? fault : undefined));
  return { client, calls: () => calls };
}

/** The calls of a first request with a key: the look for its claim, then the write. */
const calls = ["the look for the claim", "the write"];
const cases = calls.flatMap((call, at) => faults.map((fault) => [fault, call, at + 1] as const));

test.each(cases)("%s at %s: the repeat gets an answer, and there is one effect", async (fault, call, position) => {
  const name = `${fault} at ${call}`;
  const request = { route: "POST /v1/accounts", body: { name }, key: name };
  const faulty = faultyAt(position, fault);
  const interrupted = await api.through(faulty.client, () => api.send(request));
  expect(faulty.calls()).toBeGreaterThanOrEqual(position);
  expect(interrupted.status).toBeGreaterThanOrEqual(409);
  const made = async () => (await api.stored("account")).filter((item) => item.name === name);
  const madeBefore = await made();
  const repeated = await api.send(request);
  expect(repeated.status).toBe(201);
  const [account, ...others] = await made();
  expect(others).toEqual([]);
  expect(repeated.body.id).toBe(account?.id);
  // What was made before the fault is what the repeat answers with; a claim without an effect does not exist.
  expect(repeated.headers["idempotency-replayed"]).toBe(madeBefore.length === 1 ? "true" : undefined);
  expect(madeBefore).toHaveLength(call === "the write" && fault.endsWith("-after") ? 1 : 0);
  expect((await api.send(request)).text).toBe(repeated.text);
});

test("a key that is being taken at this moment is in progress", async () => {
  const request = { route: "POST /v1/accounts", body: { name: "Twin" }, key: "twin" };
  const faulty = faultyAt(2, "conflict");
  const answer = await api.through(faulty.client, () => api.send(request));
  expect(answer).toMatchObject({ status: 409, body: { code: "idempotency_in_progress" } });
});

test("a crash between two repeats changes nothing", async () => {
  const request = { route: "POST /v1/accounts", body: { name: "Again" }, key: "again" };
  const first = await api.send(request);
  for (const fault of faults) {
    await api.through(faultyAt(1, fault).client, () => api.send(request));
    expect(await api.send(request)).toMatchObject({ text: first.text, headers: { "idempotency-replayed": "true" } });
  }
  expect((await api.stored("account")).filter(({ name }) => name === "Again")).toHaveLength(1);
});
