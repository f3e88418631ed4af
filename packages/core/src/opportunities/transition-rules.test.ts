import type { Stage, Transition } from "@shangji/contracts/pipelines/schemas";
import { sampleOpportunity as record, samplePipeline } from "@shangji/contracts/samples/records";
import { expect, test } from "vitest";
import { failedRules } from "./transition-rules.ts";

const [prospecting, engaging, won, lost] = samplePipeline.stages as [Stage, Stage, Stage, Stage]; // the sample has four
const step = (from: Stage, to: Stage, more: Partial<Transition> = {}): Transition => ({
  from: from.id,
  to: to.id,
  requiredFields: [],
  requiresReason: false,
  ...more,
});
const rulesOf = (transitions: Transition[], target: Stage, asked = {}, fields = {}) =>
  failedRules({ ...record, ...fields }, target, asked, { stages: samplePipeline.stages, transitions }).map(
    ({ rule, field }) => (field ? `${rule} ${field}` : rule),
  );

test("C2: a move that is no transition is refused, whatever else is right", () => {
  const forward = [step(prospecting, engaging)];
  expect(rulesOf(forward, won)).toEqual(["not_a_transition"]);
  expect(rulesOf(forward, prospecting)).toEqual(["same_stage"]);
  expect(rulesOf([step(engaging, prospecting)], engaging)).toEqual(["not_a_transition"]);
  expect(rulesOf(forward, engaging)).toEqual([]);
});

test("C6: a transition names every field that it still needs, not only the first", () => {
  const strict = [step(prospecting, engaging, { requiredFields: ["accountId", "amountMinor", "productIds"] })];
  expect(rulesOf(strict, engaging)).toEqual([]);
  expect(rulesOf(strict, engaging, {}, { accountId: undefined, amountMinor: 0, productIds: [] })).toEqual([
    "field_required accountId",
    "field_required amountMinor",
    "field_required productIds",
  ]);
});

test("C6: reasons are asked for, and losing always has one", () => {
  const steps = [step(prospecting, engaging, { requiresReason: true }), step(prospecting, lost)];
  expect(rulesOf(steps, engaging)).toEqual(["reason_required reason"]);
  expect(rulesOf(steps, engaging, { reason: "asked by the customer" })).toEqual([]);
  expect(rulesOf(steps, lost, { reason: "gone" })).toEqual(["lost_reason_required lostReason"]);
  expect(rulesOf(steps, lost, { lostReason: "price" })).toEqual([]);
});
