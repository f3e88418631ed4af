import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { type Answer, type AttackedRequest, attackedApi } from "./attacked-api.ts";

let api: Awaited<ReturnType<typeof attackedApi>>;
let stages: { id: string }[];
let pipelineId: string;
let ownerId: unknown;

beforeAll(async () => {
  api = await attackedApi();
  const body = {
    name: { en: "Sales" },
    stages: ["open", "open", "won", "lost"].map((type, at) => ({ name: { en: `${type} ${at}` }, type })),
    isDefault: true,
  };
  const pipeline = await api.send({ route: "POST /v1/pipelines", body });
  stages = pipeline.body.stages as typeof stages;
  pipelineId = String(pipeline.body.id);
  ownerId = (await api.send({ route: "POST /v1/users", body: { name: "Lin", role: "rep" } })).body.id;
});
afterAll(() => api.stop());
afterEach(() => {
  vi.useRealTimers();
});

const account = (name: string, key: string, more: Partial<AttackedRequest> = {}): AttackedRequest => ({
  route: "POST /v1/accounts",
  body: { name },
  key,
  ...more,
});

const named = async (kind: string, name: string) => (await api.stored(kind)).filter((item) => item.name === name);
const isReplayed = ({ headers }: Answer) => headers["idempotency-replayed"] === "true";

async function deal(name: string): Promise<string> {
  const { body } = await api.send({ route: "POST /v1/opportunities", body: { name, pipelineId, ownerId } });
  return String(body.id);
}

function move(id: string, key: string, to: string | undefined): AttackedRequest {
  return { route: "POST /v1/opportunities/{id}/transitions", path: { id }, body: { to, lostReason: "price" }, key };
}

/** One answer is the first; all others repeat it to the letter, or say that it is on its way. */
function expectOneFirst(answers: Answer[], status: number): void {
  const firsts = answers.filter((answer) => answer.status === status && !isReplayed(answer));
  expect(firsts).toHaveLength(1);
  for (const answer of answers) {
    if (answer.status === status) expect(answer.text).toBe(firsts[0]?.text);
    else expect(answer).toMatchObject({ status: 409, body: { code: "idempotency_in_progress" } });
  }
}

describe("50 equal requests at once", () => {
  test("add one account", async () => {
    const request = account("Fifty", "fifty");
    const answers = await Promise.all(Array.from({ length: 50 }, () => api.send(request)));
    expectOneFirst(answers, 201);
    expect(await named("account", "Fifty")).toHaveLength(1);
    expect(isReplayed(await api.send(request))).toBe(true);
  });

  test("add one account that has a unique value, and none hears that the value is taken", async () => {
    const body = { name: "Unique", externalId: { source: "erp", id: "fifty" } };
    const request = account("Unique", "unique", { body });
    expectOneFirst(await Promise.all(Array.from({ length: 50 }, () => api.send(request))), 201);
    expect(await named("account", "Unique")).toHaveLength(1);
  });

  test("move a deal once, and none hears that it has moved already", async () => {
    const id = await deal("Fifty moves");
    const request = move(id, "fifty moves", stages[1]?.id);
    expectOneFirst(await Promise.all(Array.from({ length: 50 }, () => api.send(request))), 200);
    expect(await named("opportunity", "Fifty moves")).toMatchObject([{ version: 2, stageId: stages[1]?.id }]);
  });

  test("write one note", async () => {
    const id = await deal("Fifty notes");
    const request = { route: "POST /v1/records/{id}/notes", path: { id }, body: { text: "once" }, key: "fifty notes" };
    expectOneFirst(await Promise.all(Array.from({ length: 50 }, () => api.send(request))), 201);
    expect(await api.stored("note")).toHaveLength(1);
  });
});

describe("one key", () => {
  test("with another body is refused and changes nothing", async () => {
    await api.send(account("First", "other body"));
    const answer = await api.send(account("Second", "other body"));
    expect(answer).toMatchObject({ status: 422, body: { code: "idempotency_key_reused" } });
    expect(await named("account", "Second")).toEqual([]);
  });

  test("with another path is refused and changes nothing", async () => {
    const [one, two] = [await deal("One"), await deal("Two")];
    await api.send(move(one, "other path", stages[1]?.id));
    const answer = await api.send(move(two, "other path", stages[1]?.id));
    expect(answer).toMatchObject({ status: 422, body: { code: "idempotency_key_reused" } });
    expect(await named("opportunity", "Two")).toMatchObject([{ version: 1 }]);
  });

  test("with many bodies at once has the effect of one of them", async () => {
    const names = Array.from({ length: 20 }, (_, at) => `Racer ${at}`);
    const answers = await Promise.all(names.map((name) => api.send(account(name, "racers"))));
    const made = answers.filter(({ status }) => status === 201);
    expect(made).toHaveLength(1);
    for (const answer of answers.filter(({ status }) => status !== 201))
      expect(["idempotency_key_reused", "idempotency_in_progress"]).toContain(answer.body.code);
    expect((await api.stored("account")).filter(({ name }) => String(name).startsWith("Racer"))).toHaveLength(1);
  });

  test("of two principals is two keys, and neither sees the other's answer", async () => {
    const one = await api.send(account("Mine", "shared", { userId: "usr_1" }));
    const two = await api.send(account("Mine", "shared", { userId: "usr_2" }));
    const forged = await api.send(account("Mine", "usr_1#createAccount#shared", { userId: "usr_2" }));
    expect([one, two, forged].map(isReplayed)).toEqual([false, false, false]);
    expect(new Set([one, two, forged].map(({ body }) => body.id)).size).toBe(3);
    expect(await named("account", "Mine")).toHaveLength(3);
  });

  test("on two operations is two keys", async () => {
    await api.send(account("Both", "both"));
    const { status, headers } = await api.send({
      route: "POST /v1/opportunities",
      body: { name: "Both", ownerId },
      key: "both",
    });
    expect([status, headers["idempotency-replayed"]]).toEqual([201, undefined]);
  });

  test("gives its answer to no caller who may no longer do what it did", async () => {
    const request = account("Demoted", "demoted");
    await api.send(request);
    expect(await api.send({ ...request, role: "analyst" })).toMatchObject({ status: 403, body: { code: "forbidden" } });
  });

  test("of a refused request is free for a better one", async () => {
    expect((await api.send(account("", "corrected"))).status).toBe(422);
    const unknown = { name: "Child", parentId: "acc_01JD7Z3Q5V9W0X2Y4Z6A8B0C1D" };
    expect((await api.send(account("Child", "corrected", { body: unknown }))).status).toBe(422);
    expect(await api.send(account("Child", "corrected"))).toMatchObject({ status: 201 });
  });

  test("gives the first answer even when the record has changed since, or is gone", async () => {
    const request = account("Before", "changed");
    const first = await api.send(request);
    const path = { id: String(first.body.id) };
    await api.send({
      route: "PATCH /v1/accounts/{id}",
      path,
      body: { name: "After" },
      headers: { "if-match": '"1"' },
    });
    expect(await api.send(request)).toMatchObject({ status: 201, text: first.text, headers: { etag: '"1"' } });
    await api.send({ route: "DELETE /v1/accounts/{id}", path, headers: { "if-match": '"2"' } });
    expect(await api.send(request)).toMatchObject({ status: 201, text: first.text });
  });
});

test.each([
  ["empty", ""],
  ["of 256 characters", "k".repeat(256)],
  ["with a letter outside ASCII", "clé"],
  ["in Chinese", "钥匙"],
  ["with a line break", "a\r\nx-role: admin"],
  ["with a null", "a\u0000b"],
])("a key %s is refused and changes nothing", async (name, key) => {
  const answer = await api.send(account(`Key ${name}`, key));
  expect(answer).toMatchObject({ status: 400, body: { code: "invalid_idempotency_key" } });
  expect(await named("account", `Key ${name}`)).toEqual([]);
});

test("a key means nothing but on a POST", async () => {
  const { body } = await api.send(account("Patched", "patched"));
  const patch = (name: string, version: number) =>
    api.send({
      route: "PATCH /v1/accounts/{id}",
      path: { id: String(body.id) },
      body: { name },
      key: "键".repeat(300),
      headers: { "if-match": `"${version}"` },
    });
  expect((await patch("Once", 1)).status).toBe(200);
  expect((await patch("Twice", 2)).body).toMatchObject({ name: "Twice", version: 3 });
});

test("a key starts anew after 24 hours, though the store still holds its item", async () => {
  const start = Date.parse("2026-11-02T08:30:00.000Z");
  const hour = 60 * 60 * 1000;
  const sendAt = (at: number) => {
    vi.setSystemTime(start + at);
    return api.send(account("Daily", "daily"));
  };
  const first = await sendAt(0);
  const late = await sendAt(24 * hour - 1000);
  expect(late).toMatchObject({ text: first.text, headers: { "idempotency-replayed": "true" } });
  const anew = await sendAt(24 * hour);
  expect(anew.status).toBe(201);
  expect(isReplayed(anew)).toBe(false);
  expect(anew.body.id).not.toBe(first.body.id);
  expect(isReplayed(await sendAt(25 * hour))).toBe(true);
  expect(await named("account", "Daily")).toHaveLength(2);
});
