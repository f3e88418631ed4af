import * as z from "zod";
import { CalendarDate, idOf } from "../kit/primitives.ts";
import { AssignmentRules } from "./schemas.ts";

export const backtestLimits = { days: 92, leads: 2_000 } as const;

const dayMs = 86_400_000;
const daysIn = ({ from, to }: { from: string; to: string }) => (Date.parse(to) - Date.parse(from)) / dayMs;

/** A past period, and the rules that are tried on the leads of it. */
export const AssignmentBacktestRequest = z
  .strictObject({
    from: CalendarDate.meta({ description: "First day, in the organisation's zone" }),
    to: CalendarDate.meta({ description: "The day after the last one" }),
    rules: AssignmentRules.optional().meta({ description: "Rules to try; default: those that hold now" }),
  })
  .refine(({ from, to }) => from < to, { path: ["to"], error: "must be after from" })
  .refine((period) => daysIn(period) <= backtestLimits.days, {
    path: ["to"],
    error: `must be at most ${backtestLimits.days} days after from`,
  });
export type AssignmentBacktestRequest = z.infer<typeof AssignmentBacktestRequest>;

const Count = z.int().min(0);

/** Who would have got what. */
export const AssignmentBacktest = z.object({
  from: z.string(),
  to: z.string(),
  leads: Count.meta({ description: "Leads that were created in the period and are still there" }),
  assigned: Count,
  pooled: Count,
  unassigned: Count.meta({ description: "Nobody could take them, and there is no pool for them" }),
  people: z.array(z.object({ userId: z.string(), leads: Count, ownsNow: Count })).meta({
    description: "Whoever would have got a lead, most first; beside it how many of all these leads are theirs now",
  }),
  rules: z
    .array(z.object({ ruleId: z.string(), decided: Count, assigned: Count }))
    .meta({ description: "In their order; `decided` without `assigned` went to a pool or to nobody" }),
  pools: z.array(z.object({ poolId: z.string(), leads: Count })),
  decisions: z
    .array(
      z.object({
        leadId: idOf("lead"),
        at: z.string(),
        ruleId: z.string().optional(),
        userId: z.string().optional(),
        poolId: z.string().optional(),
        ownerId: z.string().optional().meta({ description: "Who has the lead now" }),
      }),
    )
    .meta({ description: "One for each lead, in the order in which they came" }),
});
export type AssignmentBacktest = z.infer<typeof AssignmentBacktest>;
