import type { Route } from "@shangji/contracts";
import { createAccount, updateAccount } from "@shangji/contracts/accounts/routes";
import { createContact } from "@shangji/contracts/contacts/routes";
import { transitionOpportunity } from "@shangji/contracts/opportunities/routes";
import { DomainError } from "@shangji/core/kit/domain-error";
import type { FirstWrite, IdempotencyClaim } from "@shangji/core/kit/idempotency";
import type { APIGatewayProxyEventV2 } from "aws-lambda";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { answerOnce, claimOf } from "./idempotency.ts";

const at = new Date("2026-11-02T08:30:00.000Z");

interface Request extends Partial<APIGatewayProxyEventV2> {
  route?: Route;
  userId?: string;
  key?: string;
}

function claimIn({ route = createAccount, userId = "usr_1", key = "k", ...parts }: Request = {}) {
  const event = { body: '{"name":"A"}', ...parts, headers: { "idempotency-key": key, ...parts.headers } };
  return claimOf(route, event as APIGatewayProxyEventV2, { actor: { userId, role: "rep" }, at }); // the parts that are read
}

describe("the claim of a call", () => {
  test("is there for a POST with a key only", () => {
    expect(claimIn()).toMatchObject({ at });
    expect(claimIn({ route: updateAccount })).toBeUndefined();
    const event = { headers: {}, body: "{}" } as APIGatewayProxyEventV2; // the parts that are read
    expect(claimOf(createAccount, event, { actor: { userId: "usr_1", role: "rep" }, at })).toBeUndefined();
  });

  test.each(["", "x".repeat(256), "é", "键", "a\tb", "a\nb", "a\u007f"])("refuses the key %j", (key) => {
    expect(() => claimIn({ key })).toThrowError(expect.objectContaining({ code: "invalid_idempotency_key" }));
  });

  test("takes every key of 1 to 255 printable ASCII characters", () => {
    const keys = fc.string({ unit: "binary-ascii", minLength: 1, maxLength: 255 }).filter((key) => !/[^ -~]/.test(key));
    fc.assert(fc.property(keys, (key) => claimIn({ key })?.key.endsWith(`#${key}`) === true));
    expect(claimIn({ key: "x".repeat(255) })).toBeDefined();
  });

  test("belongs to one caller and one operation", () => {
    const keys = [{}, { userId: "usr_2" }, { route: createContact }, { key: "other" }].map(
      (more) => claimIn(more)?.key,
    );
    expect(new Set(keys).size).toBe(4);
  });

  test("knows the same request again, however it was encoded", () => {
    const same = (left: Request, right: Request) => {
      expect(claimIn(left)?.fingerprint).toBe(claimIn(right)?.fingerprint);
    };
    same({ userId: "usr_1", key: "k" }, { userId: "usr_2", key: "other" });
    same(
      { body: '{"name":"上海"}' },
      { body: Buffer.from('{"name":"上海"}').toString("base64"), isBase64Encoded: true },
    );
    same({ queryStringParameters: { a: "1", b: "2" } }, { queryStringParameters: { b: "2", a: "1" } });
  });

  test.each<[string, Request]>([
    ["route", { route: createContact }],
    ["path", { pathParameters: { id: "opp_1" } }],
    ["query", { queryStringParameters: { a: "1" } }],
    ["body", { body: '{"name":"B"}' }],
    ["body by a space", { body: '{"name": "A"}' }],
  ])("tells another %s from the first", (_part, other) => {
    expect(claimIn(other)?.fingerprint).not.toBe(claimIn()?.fingerprint);
  });

  test("tells a parameter in the path from one in the query", () => {
    const path = claimIn({ route: transitionOpportunity, pathParameters: { id: "1" } });
    const query = claimIn({ route: transitionOpportunity, queryStringParameters: { id: "1" } });
    expect(path?.fingerprint).not.toBe(query?.fingerprint);
  });
});

const claim: IdempotencyClaim = { key: "usr_1#createAccount#k", fingerprint: "f", at };
const first: FirstWrite = { fingerprint: "f", record: { id: "acc_1" } };

/** Runs a call whose claim is found as `finds` says, one look after the other. */
async function runWith(finds: (FirstWrite | undefined)[], run: () => Promise<unknown>, given = { claim: true }) {
  let [looks, runs] = [0, 0];
  const answer = answerOnce({
    claim: given.claim ? claim : undefined,
    claims: { find: async () => finds[looks++] },
    run: () => {
      runs += 1;
      return run();
    },
    repeat: async ({ id }) => `repeat of ${id}`,
  });
  const outcome = await answer.catch((error: unknown) => error);
  return { outcome, looks, runs };
}

describe("a call", () => {
  const made = async () => "made";
  const refused = (code: "conflict" | "transition_refused") => async () => {
    throw new DomainError(code, "");
  };

  test("without a key runs and looks nowhere", async () => {
    expect(await runWith([first], made, { claim: false })).toEqual({
      outcome: { output: "made", isRepeat: false },
      looks: 0,
      runs: 1,
    });
    const { outcome, looks } = await runWith([first], refused("conflict"), { claim: false });
    expect([outcome, looks]).toEqual([expect.objectContaining({ code: "conflict" }), 0]);
  });

  test("that is the first with its key runs", async () => {
    expect(await runWith([undefined], made)).toMatchObject({ outcome: { output: "made", isRepeat: false }, looks: 1 });
  });

  test("that is a repeat answers from the first write and does not run", async () => {
    expect(await runWith([first], made)).toEqual({
      outcome: { output: "repeat of acc_1", isRepeat: true },
      looks: 1,
      runs: 0,
    });
  });

  test("with the key of another request is refused and does not run", async () => {
    const { outcome, runs } = await runWith([{ ...first, fingerprint: "g" }], made);
    expect([outcome, runs]).toEqual([expect.objectContaining({ code: "idempotency_key_reused" }), 0]);
  });

  test("that is refused because its twin was faster answers as the twin", async () => {
    const { outcome } = await runWith([undefined, first], refused("transition_refused"));
    expect(outcome).toEqual({ output: "repeat of acc_1", isRepeat: true });
  });

  test("that is refused because another request took its key is told so", async () => {
    const { outcome } = await runWith([undefined, { ...first, fingerprint: "g" }], refused("conflict"));
    expect(outcome).toMatchObject({ code: "idempotency_key_reused" });
  });

  test("that is refused for its own sake stays refused, and may be tried again", async () => {
    expect((await runWith([undefined, undefined], refused("conflict"))).outcome).toMatchObject({ code: "conflict" });
  });

  test("that meets a fault does not ask the store once more", async () => {
    const { outcome, looks } = await runWith([undefined, first], async () => {
      throw new Error("no answer");
    });
    expect([outcome, looks]).toEqual([new Error("no answer"), 1]);
  });
});
