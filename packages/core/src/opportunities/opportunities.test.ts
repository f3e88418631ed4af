import { fakeStores } from "@shangji/testing/fakes/stores";
import { testClock, testContext } from "@shangji/testing/world";
import { expect, test } from "vitest";
import { createAccount } from "../accounts/create-account.ts";
import { updateAccount } from "../accounts/update-account.ts";
import { createUser } from "../people/create-user.ts";
import { createPipeline } from "../pipelines/create-pipeline.ts";
import { definePipeline } from "../pipelines/define-pipeline.ts";
import { stageIds } from "../pipelines/stage-ids.ts";
import { createOpportunity } from "./create-opportunity.ts";
import { listTransitions } from "./list-transitions.ts";
import type { Opportunities } from "./ports.ts";
import { restampIndustry } from "./restamp-industry.ts";
import { transitionOpportunity } from "./transition-opportunity.ts";
import { updateOpportunity } from "./update-opportunity.ts";

const stages = (["Prospecting", "Engaging", "Won", "Lost"] as const).map((en) => ({
  name: { en },
  type: en === "Won" ? ("won" as const) : en === "Lost" ? ("lost" as const) : ("open" as const),
}));

async function world() {
  const clock = testClock();
  const context = testContext({ clock });
  let count = 0;
  const deps = { ...fakeStores(), context, stageIds: stageIds(() => new Uint8Array(10).fill(++count)) };
  const owner = await createUser({ name: "Lin", role: "rep" }, deps);
  const pipeline = await createPipeline({ name: { en: "Sales" }, stages, isDefault: true }, deps);
  const stage = (position: number) => pipeline.stages[position]?.id ?? "";
  const opportunity = (fields: object = {}) =>
    createOpportunity({ name: "Deal", productIds: [], amountMinor: 100, tags: [], ownerId: owner.id, ...fields }, deps);
  return { clock, deps, owner, pipeline, stage, opportunity };
}

test("an opportunity starts in the first stage of the default pipeline, with what it knows and nothing else", async () => {
  const { pipeline, stage, opportunity } = await world();
  const made = await opportunity();
  expect(made).toMatchObject({ pipelineId: pipeline.id, stageId: stage(0), status: "open", baseAmountMinor: 100 });
  expect(Object.values(made)).not.toContain(undefined);
  expect(Object.values(made)).not.toContain(null);
});

test("it cannot start in a closed stage, nor be opened in the future, nor have a currency without a rate", async () => {
  const { stage, opportunity } = await world();
  await expect(opportunity({ stageId: stage(2) })).rejects.toMatchObject({ code: "invalid_request" });
  await expect(opportunity({ openedAt: "2027-01-01" })).rejects.toMatchObject({ code: "invalid_request" });
  await expect(opportunity({ currency: "CNY" })).rejects.toMatchObject({ code: "currency_without_rate" });
});

test("a move ends the stay in the old stage; losing keeps the reason", async () => {
  const { clock, deps, stage, opportunity } = await world();
  const made = await opportunity();
  clock.advance(60_000);
  const request = { to: stage(3), lostReason: "price" };
  const lost = await transitionOpportunity({ id: made.id, request }, deps);
  expect(lost).toMatchObject({ status: "lost", lostReason: "price", closedAt: "2026-11-02T08:31:00.000Z" });
  expect(lost.history).toEqual([
    { stageId: stage(0), enteredAt: "2026-11-02T08:30:00.000Z", exitedAt: "2026-11-02T08:31:00.000Z" },
    { stageId: stage(3), enteredAt: "2026-11-02T08:31:00.000Z" },
  ]);
});

test("C2: a skipped stage is refused and nothing is written; the offers name what is legal", async () => {
  const { deps, stage, opportunity } = await world();
  const made = await opportunity();
  const skip = transitionOpportunity({ id: made.id, request: { to: stage(2) } }, deps);
  await expect(skip).rejects.toMatchObject({ code: "transition_refused", failures: [{ rule: "not_a_transition" }] });
  expect(await deps.opportunities.get(made.id)).toEqual(made);
  const offers = await listTransitions({ id: made.id }, deps);
  expect(offers.items.map(({ to, requiresLostReason }) => [to, requiresLostReason])).toEqual([
    [stage(1), false],
    [stage(3), true],
  ]);
});

test("C6: of two racers on one move, one wins and the other meets a conflict", async () => {
  const { deps, stage, opportunity } = await world();
  const made = await opportunity();
  const move = () => transitionOpportunity({ id: made.id, request: { to: stage(1) } }, deps);
  const results = await Promise.allSettled([move(), move()]);
  expect(results.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  expect(results.find(({ status }) => status === "rejected")).toMatchObject({ reason: { code: "conflict" } });
});

test("a record stays on the definition that it entered with", async () => {
  const { deps, pipeline, stage, opportunity } = await world();
  const made = await opportunity();
  const [first, second, won, lost] = pipeline.stages.map(({ id, name, type }) => ({ id, name, type }));
  if (!first || !second || !won || !lost) throw new Error("four stages");
  const definition = { name: { en: "Sales" }, stages: [first, won, lost], transitions: [] };
  await definePipeline({ id: pipeline.id, definition, expectedVersion: 1 }, deps);
  const moved = await transitionOpportunity({ id: made.id, request: { to: stage(1) } }, deps);
  expect(moved).toMatchObject({ stageId: second.id, pipelineVersion: 1 });
});

test("the stage is not a field", async () => {
  const { deps, stage, opportunity } = await world();
  const made = await opportunity();
  const edit = updateOpportunity({ id: made.id, patch: { stageId: stage(2) } }, deps);
  await expect(edit).rejects.toMatchObject({ code: "stage_not_editable" });
});

test("a new industry of an account reaches all its opportunities once, and doing it again changes nothing", async () => {
  const { deps, opportunity } = await world();
  const account = await createAccount({ name: "Acme", tags: [], industry: "retail" }, deps);
  const made = await Promise.all([1, 2, 3].map(() => opportunity({ accountId: account.id })));
  const other = await opportunity();
  await updateAccount({ id: account.id, patch: { industry: "software" } }, deps);
  expect(await restampIndustry({ accountId: account.id }, deps)).toBe(3);
  expect(await restampIndustry({ accountId: account.id }, deps)).toBe(0);
  for (const { id } of made)
    expect(await deps.opportunities.get(id)).toMatchObject({ industry: "software", version: 2 });
  expect(await deps.opportunities.get(other.id)).toEqual(other);
  await updateAccount({ id: account.id, patch: { industry: null } }, deps);
  await restampIndustry({ accountId: account.id }, deps);
  expect(await deps.opportunities.get(made[0]?.id ?? "")).not.toHaveProperty("industry");
});

test("an opportunity that someone changes meanwhile keeps that change and gets the industry", async () => {
  const { deps, opportunity } = await world();
  const account = await createAccount({ name: "Acme", tags: [], industry: "retail" }, deps);
  const made = await opportunity({ accountId: account.id });
  await updateAccount({ id: account.id, patch: { industry: "software" } }, deps);
  let interrupted = false;
  const opportunities: Opportunities = {
    ...deps.opportunities,
    async list(lane, page) {
      const read = await deps.opportunities.list(lane, page);
      if (!interrupted) await updateOpportunity({ id: made.id, patch: { name: "Renamed" } }, deps);
      interrupted = true;
      return read;
    },
  };
  await restampIndustry({ accountId: account.id }, { ...deps, opportunities });
  expect(await deps.opportunities.get(made.id)).toMatchObject({ name: "Renamed", industry: "software", version: 3 });
});
