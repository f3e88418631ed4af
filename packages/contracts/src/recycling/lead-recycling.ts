import * as z from "zod";
import { idOf, recordFields } from "../kit/primitives.ts";
import { RecyclingSince } from "./rules.ts";

/** Kind of the item that a lead's countdown is; it is no record of its own and leaves no trace in the trail. */
export const countdownKind = "leadRecycling";

/** `running` while a rule is for the lead, `recycled` once it went to the pool by it, `ended` when nothing is counted any more. */
export const RecyclingState = z.enum(["running", "recycled", "ended"]);
export type RecyclingState = z.infer<typeof RecyclingState>;

/** What the end hangs on: the part of the rule that is met last, or the time for which a new owner is protected. */
export const RecyclingCause = z.object({
  since: z.enum([...RecyclingSince.options, "protection"]),
  days: z.int(),
  from: z.string().meta({ description: "The instant from which these days are counted" }),
});
export type RecyclingCause = z.infer<typeof RecyclingCause>;

export const RecyclingWarning = z.object({
  daysAhead: z.int(),
  at: z.string(),
});
export type RecyclingWarning = z.infer<typeof RecyclingWarning>;

const shown = {
  state: RecyclingState,
  ownerId: z.string().meta({ description: "Who has the lead, or has lost it" }),
  ownedSince: z.string(),
  touchedAt: z.string().optional().meta({ description: "The owner's time has seen this follow-up last" }),
  recycleAt: z.string().optional().meta({ description: "When the lead goes to the pool" }),
  poolId: idOf("pool").optional(),
  because: RecyclingCause.optional(),
  warned: RecyclingWarning.optional().meta({ description: "The last warning that was given of this end" }),
  recycledAt: z.string().optional(),
};

/** The countdown of a lead as events tell of it; `id` is the lead's, `version` the countdown's own. */
export const LeadRecyclingData = z.object({ id: idOf("lead"), ...shown, ...recordFields });
export type LeadRecyclingData = z.infer<typeof LeadRecyclingData>;

export const LeadRecycling = z.object({
  leadId: idOf("lead"),
  recycling: z
    .object({
      ...shown,
      ruleId: z.string().optional().meta({ description: "The rule that holds, unless it looks at hidden fields" }),
      next: z
        .object({ step: z.enum(["warn", "recycle"]), at: z.string() })
        .optional()
        .meta({ description: "What follows next" }),
    })
    .optional()
    .meta({ description: "Absent when no rule has ever been for the lead, or it is still to be seen" }),
});
export type LeadRecycling = z.infer<typeof LeadRecycling>;
