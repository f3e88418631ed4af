import type { RowResult } from "@shangji/contracts/kit/batch";
import { NewBehaviourEvent } from "@shangji/contracts/scoring/behaviour";
import { recordBehaviour } from "@shangji/contracts/scoring/routes";
import { DomainError } from "@shangji/core/kit/domain-error";
import type { FirstWrite, TakenClaims } from "@shangji/core/kit/idempotency";
import { testContext, testViewer } from "@shangji/testing/world";
import { expect, test } from "vitest";
import { rowClaim } from "./rows.ts";
import { rowsOperation } from "./rows-operation.ts";

const id = "lead_01JD7Z3Q5V9W0X2Y4Z6A8B0C1D";
const noClaims: TakenClaims = { find: async () => undefined, findMany: async () => new Map() };
const row = (name: string, more: object = {}) => ({
  ...{ source: "site", id: name, leadId: id, type: "page_viewed", occurredAt: "2026-11-02T08:30:00.000Z" },
  ...more,
});

type Perform = (event: NewBehaviourEvent, claim: string | undefined) => Promise<boolean>;

async function run(
  events: unknown[],
  {
    perform = async () => true,
    claims = noClaims,
    key,
  }: { perform?: Perform; claims?: TakenClaims; key?: string } = {},
) {
  const context = testContext();
  const claim = key === undefined ? undefined : { key, fingerprint: "whole", at: context.clock.now() };
  const call = {
    ...{ params: undefined, query: undefined, expectedVersion: undefined, after: undefined, language: "en" as const },
    ...{ body: { events }, context: { ...context, claim }, viewer: testViewer() },
  };
  const bound = rowsOperation(recordBehaviour, {
    name: "events",
    schema: NewBehaviourEvent,
    chain: () => "one",
    perform: async (event, _call, own) => ({ record: { id }, isNew: await perform(event, own.claim?.key) }),
  });
  const { output, isRepeat } = await bound.run(call, claims);
  return { results: (output as { results: RowResult[] }).results, isRepeat }; // what every batch answers
}

test("each row has a result of its own: done, done before, refused, or not understood, with its place", async () => {
  const { results } = await run([row("a"), row("b"), row("c"), row("d", { colour: "red" }), null], {
    perform: async ({ id: name }) => {
      if (name === "c") throw new DomainError("not_found", "");
      return name === "a";
    },
  });
  expect(results.map(({ index, status, problem }) => [index, status, problem?.code])).toEqual([
    [0, 201, undefined],
    [1, 200, undefined],
    [2, 404, "not_found"],
    [3, 422, "invalid_request"],
    [4, 422, "invalid_request"],
  ]);
  expect(results[3]?.problem?.errors).toEqual([{ pointer: "/body/events/3/colour", message: "is not a known field" }]);
});

test("rows of one chain are done one after the other", async () => {
  const steps: string[] = [];
  await run([row("a"), row("b")], {
    perform: async ({ id: name }) => {
      steps.push(`${name} begins`);
      await Promise.resolve();
      steps.push(`${name} ends`);
      return true;
    },
  });
  expect(steps).toEqual(["a begins", "a ends", "b begins", "b ends"]);
});

test("with a key each row takes a claim of its own, and what has been done is told and not done again", async () => {
  const claimed: (string | undefined)[] = [];
  const perform: Perform = async (_event, claim) => {
    claimed.push(claim);
    return true;
  };
  await run([row("a"), row("b")], { key: "k", perform });
  expect(claimed).toEqual(["k#0", "k#1"]);
  const written = [row("a"), row("b")].map((each, index): [string, FirstWrite] => {
    const claim = rowClaim({ key: "k", fingerprint: "whole", at: new Date(0) }, each, index);
    return [claim?.key ?? "", { fingerprint: claim?.fingerprint ?? "", record: { id } }];
  });
  const findMany: TakenClaims["findMany"] = async () => new Map(written);
  const again = await run([row("a"), row("b")], { key: "k", perform, claims: { ...noClaims, findMany } });
  expect(again).toEqual({ results: [0, 1].map((index) => ({ index, status: 201, id })), isRepeat: true });
  expect(claimed).toHaveLength(2);
});
