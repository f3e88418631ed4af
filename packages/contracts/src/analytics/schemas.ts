import * as z from "zod";
import { CalendarDate, idOf } from "../kit/primitives.ts";
import { Opportunity } from "../opportunities/schemas.ts";
import { StageType } from "../pipelines/schemas.ts";

export const GroupBy = z.enum(["none", "owner", "team", "region", "source", "product", "industry"]);
export type GroupBy = z.infer<typeof GroupBy>;

const period = {
  from: CalendarDate.optional().meta({ description: "First day, inclusive" }),
  to: CalendarDate.optional().meta({ description: "Day after the last one" }),
  groupBy: GroupBy.default("none"),
};

const inOrder = (query: { from?: string | undefined; to?: string | undefined }) =>
  !query.from || !query.to || query.from < query.to;
const orderRule = { message: "from must be before to", path: ["to"] };
const bothOrNone = (query: { from?: string | undefined; to?: string | undefined }) => !query.from === !query.to;
const bothRule = { message: "give both from and to, or neither", path: ["from"] };

export const FunnelQuery = z
  .strictObject({ pipelineId: idOf("pipeline"), ...period })
  .refine(inOrder, orderRule)
  .refine(bothOrNone, bothRule);
export const KpiQuery = z.strictObject(period).refine(inOrder, orderRule).refine(bothOrNone, bothRule);

/** Whole days; null when nothing was measured. */
export const DayStatistics = z.object({
  mean: z.number().nullable(),
  median: z.number().nullable(),
  p90: z.number().nullable(),
});

const freshness = {
  asOf: z.string().meta({ description: "Changes up to this instant are counted" }),
  lagSeconds: z.number(),
};

export const FunnelStage = z.object({
  stageId: z.string(),
  name: z.string(),
  type: StageType,
  entered: z.int(),
  current: z.int(),
  amountMinor: z.int(),
  movedOn: z.int(),
  lost: z.int(),
  conversionToNext: z.number().nullable(),
  conversionToWon: z.number().nullable(),
  timeInStageDays: DayStatistics,
});

const group = {
  key: z.string(),
  label: z.string(),
  open: z.int(),
  won: z.int(),
  lost: z.int(),
  winRate: z.number().nullable(),
};

export const Funnel = z.object({
  ...freshness,
  pipelineId: idOf("pipeline"),
  currency: z.string(),
  groups: z.array(z.object({ ...group, stages: z.array(FunnelStage) })),
});
export type Funnel = z.infer<typeof Funnel>;

export const Kpis = z.object({
  ...freshness,
  currency: z.string(),
  groups: z.array(
    z.object({
      ...group,
      wonAmountMinor: z.int(),
      averageDealMinor: z.number().nullable(),
      cycleDays: DayStatistics,
      velocityMinorPerDay: z.number().nullable(),
    }),
  ),
});
export type Kpis = z.infer<typeof Kpis>;

export const Metric = z.object({
  id: z.string(),
  name: z.string(),
  formula: z.string(),
  cohort: z.string(),
  currency: z.string(),
  zone: z.string(),
});
export const Metrics = z.object({ items: z.array(Metric) });

export const BoardQuery = z.strictObject({ limit: z.coerce.number().int().min(1).max(50).default(10) });

export const Board = z.object({
  ...freshness,
  pipelineId: idOf("pipeline"),
  currency: z.string(),
  stages: z.array(
    z.object({
      stageId: z.string(),
      name: z.string(),
      type: StageType,
      count: z.int(),
      amountMinor: z.int(),
      opportunities: z
        .array(Opportunity)
        .meta({ description: "The first page; GET /v1/opportunities?stage=… lists all" }),
    }),
  ),
});
export type Board = z.infer<typeof Board>;
