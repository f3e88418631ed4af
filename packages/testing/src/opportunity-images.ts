import { dateAfter } from "@shangji/core/analytics/calendar-days";
import type { StageReference } from "@shangji/core/analytics/contributions";
import type { OpportunityFactsSource } from "@shangji/core/analytics/facts";
import fc from "fast-check";

/** The stages of every pipeline in these worlds: three open ones, won and lost. */
export const testStages: readonly StageReference[] = [
  { id: "stg_first00000", type: "open" },
  { id: "stg_second0000", type: "open" },
  { id: "stg_third00000", type: "open" },
  { id: "stg_won0000000", type: "won" },
  { id: "stg_lost000000", type: "lost" },
];

export const testPipelineId = "pip_1";

/** An open opportunity in the first stage, with every dimension set. */
export function opportunityImage(changes: Partial<OpportunityFactsSource> = {}): OpportunityFactsSource {
  const openedOn = changes.openedOn ?? "2026-01-15";
  return {
    id: "opp_1",
    version: 1,
    pipelineId: testPipelineId,
    pipelineVersion: 1,
    stageId: stageAt(0),
    status: "open",
    ownerId: "usr_1",
    teamId: "team_1",
    source: "web",
    productIds: ["prd_1"],
    industry: "retail",
    baseAmountMinor: 1000,
    openedOn,
    history: [{ stageId: stageAt(0), enteredOn: openedOn }],
    ...changes,
  };
}

/** One change of an opportunity. */
export type Step =
  | { do: "move"; to: number; afterDays: number }
  | { do: "set"; fields: Partial<OpportunityFactsSource> }
  | { do: "delete" };

/** The images of an opportunity, one for each version, as its steps make them. */
export function imagesOf(first: OpportunityFactsSource, steps: readonly Step[]): OpportunityFactsSource[] {
  const images = [first];
  let image = first;
  for (const step of steps) {
    image = { ...stepped(image, step), version: image.version + 1 };
    images.push(image);
    if (step.do === "delete") break;
  }
  return images;
}

function stepped(image: OpportunityFactsSource, step: Step): OpportunityFactsSource {
  if (step.do === "delete") return { ...image, deletedAt: "2026-06-01T00:00:00.000Z" };
  if (step.do === "set") return { ...image, ...step.fields };
  const target = testStages[step.to % testStages.length];
  const last = image.history.at(-1);
  if (!target || !last || target.id === image.stageId) return image;
  const enteredOn = dateAfter(last.enteredOn, step.afterDays);
  const { closedOn: _, ...rest } = image;
  return {
    ...rest,
    stageId: target.id,
    status: target.type,
    ...(target.type === "open" ? {} : { closedOn: enteredOn }),
    history: [...image.history.slice(0, -1), { ...last, exitedOn: enteredOn }, { stageId: target.id, enteredOn }],
  };
}

const amounts = fc.oneof(fc.integer({ min: 0, max: 5_000 }), fc.constant(9_000_000_000_000_000));
const some = (prefix: string) => fc.option(fc.constantFrom(`${prefix}1`, `${prefix}2`), { nil: undefined });
const products = fc.array(fc.constantFrom("prd_1", "prd_2"), { maxLength: 2 });

const fields = fc.oneof(
  fc.record({ ownerId: some("usr_"), teamId: some("team_") }),
  fc.record({ baseAmountMinor: amounts }),
  fc.record({ productIds: products, industry: some("industry #%") }),
  fc.record({ source: some("来源 ") }),
);

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({ do: fc.constant("move"), to: fc.nat(4), afterDays: fc.integer({ min: 0, max: 800 }) }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant("set"), fields }) },
  { weight: 1, arbitrary: fc.constant({ do: "delete" }) },
);

/** The life of one opportunity: an image for each of up to `versions` versions. */
export function lifeOf(id: string, versions: number): fc.Arbitrary<OpportunityFactsSource[]> {
  const first = fc.record({
    ownerId: some("usr_"),
    teamId: some("team_"),
    productIds: products,
    baseAmountMinor: amounts,
    day: fc.nat(400),
  });
  return fc
    .tuple(first, fc.array(step, { maxLength: versions - 1 }))
    .map(([{ day, ...changes }, steps]) =>
      imagesOf(opportunityImage({ id, openedOn: dateAfter("2025-11-20", day), ...changes }), steps),
    );
}

function stageAt(index: number): string {
  return testStages[index]?.id ?? "";
}
