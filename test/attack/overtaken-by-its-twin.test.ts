import { afterAll, beforeAll, expect, test } from "vitest";
import { type Answer, type AttackedRequest, attackedApi, intercepted, isClaimLook } from "./attacked-api.ts";

let api: Awaited<ReturnType<typeof attackedApi>>;
let deal: { id: string; next: string };

beforeAll(async () => {
  api = await attackedApi();
  const stages = ["open", "open", "won", "lost"].map((type, at) => ({ name: { en: `${type} ${at}` }, type }));
  const pipeline = await api.send({ route: "POST /v1/pipelines", body: { name: { en: "Sales" }, stages } });
  const owner = await api.send({ route: "POST /v1/users", body: { name: "Lin", role: "rep" } });
  const body = { name: "Deal", pipelineId: pipeline.body.id, ownerId: owner.body.id };
  const made = await api.send({ route: "POST /v1/opportunities", body });
  deal = { id: String(made.body.id), next: (pipeline.body.stages as { id: string }[])[1]?.id ?? "" };
});
afterAll(() => api.stop());

/** Sends a request; another one comes and goes after it has looked for its claim, before it does anything else. */
async function sendAround(request: AttackedRequest, other: AttackedRequest): Promise<{ late: Answer; fast: Answer }> {
  let fast: Answer | undefined;
  const client = intercepted(api.client, async (command) => {
    const answer = await api.client.send(command);
    if (!fast && isClaimLook(command)) {
      fast = await api.through(api.client, () => api.send(other));
    }
    return answer;
  });
  const late = await api.through(client, () => api.send(request));
  if (!fast) throw new Error("the request has not looked for its claim");
  return { late, fast };
}

const account = (name: string, key: string): AttackedRequest => ({
  route: "POST /v1/accounts",
  body: { name, externalId: { source: "erp", id: key } },
  key,
});

const cases: [refusal: string, request: () => AttackedRequest][] = [
  ["that its unique value is taken", () => account("Twins", "twins")],
  [
    "that the deal has moved already",
    () => ({
      route: "POST /v1/opportunities/{id}/transitions",
      path: { id: deal.id },
      body: { to: deal.next },
      headers: { "if-match": '"1"' },
      key: "twin moves",
    }),
  ],
  [
    "that only one note was written",
    () => ({ route: "POST /v1/records/{id}/notes", path: { id: deal.id }, body: { text: "once" }, key: "twin notes" }),
  ],
];

test.each(cases)(
  "a request that its twin has overtaken does not hear %s, but the twin's answer",
  async (_name, request) => {
    const { late, fast } = await sendAround(request(), request());
    expect(fast.status).toBeLessThan(300);
    expect([late.status, late.text]).toEqual([fast.status, fast.text]);
    expect(fast.headers).not.toHaveProperty("idempotency-replayed");
    expect(late.headers).toMatchObject({ "idempotency-replayed": "true" });
  },
);

test("a request that another one with its key has overtaken is refused, and has no effect", async () => {
  const { late, fast } = await sendAround(account("Late", "late"), account("Fast", "late"));
  expect(fast.status).toBe(201);
  expect(late).toMatchObject({ status: 422, body: { code: "idempotency_key_reused" } });
  expect((await api.stored("account")).map(({ name }) => name)).not.toContain("Late");
});
