import { TransactWriteCommand } from "@aws-sdk/lib-dynamodb";
import { type Fault, faults, faultyClient } from "@shangji/testing/faulty-client";
import { afterAll, beforeAll, expect, test } from "vitest";
import { attackedApi, intercepted, isClaimLook } from "./attacked-api.ts";

let api: Awaited<ReturnType<typeof attackedApi>>;
beforeAll(async () => {
  api = await attackedApi();
});
afterAll(() => api.stop());

/** What a request with a key asks of the store: whether its claim is taken, then its effect. */
const calls = { "the look for the claim": isClaimLook, "the write": isWrite };

function isWrite(command: object): boolean {
  return command instanceof TransactWriteCommand;
}

/** A client that answers as it should but for the first call of a kind. */
function faultyAt(isMeant: (command: object) => boolean, fault: Fault) {
  let next: Fault | undefined;
  let isDone = false;
  const faulty = faultyClient(api.client, () => next);
  const client = intercepted(api.client, (command) => {
    next = !isDone && isMeant(command) ? fault : undefined;
    isDone ||= next !== undefined;
    return faulty.send(command);
  });
  return { client, isDone: () => isDone };
}

const cases = Object.entries(calls).flatMap(([call, isMeant]) =>
  faults.map((fault) => [fault, call, isMeant] as const),
);

test.each(cases)("%s at %s: the repeat gets an answer, and there is one effect", async (fault, call, isMeant) => {
  const name = `${fault} at ${call}`;
  const request = { route: "POST /v1/accounts", body: { name }, key: name };
  const faulty = faultyAt(isMeant, fault);
  const interrupted = await api.through(faulty.client, () => api.send(request));
  expect(faulty.isDone()).toBe(true);
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
  const faulty = faultyAt(isWrite, "conflict");
  const answer = await api.through(faulty.client, () => api.send(request));
  expect(answer).toMatchObject({ status: 409, body: { code: "idempotency_in_progress" } });
});

test("a crash between two repeats changes nothing", async () => {
  const request = { route: "POST /v1/accounts", body: { name: "Again" }, key: "again" };
  const first = await api.send(request);
  for (const fault of faults) {
    await api.through(faultyAt(isClaimLook, fault).client, () => api.send(request));
    expect(await api.send(request)).toMatchObject({ text: first.text, headers: { "idempotency-replayed": "true" } });
  }
  expect((await api.stored("account")).filter(({ name }) => name === "Again")).toHaveLength(1);
});
