import * as z from "zod";
import { idOf, recordFields } from "../kit/primitives.ts";

/** Kind of the item that a lead's clock is; it is no record of its own and leaves no trace in the trail. */
export const clockKind = "leadResponse";

/**
 * What has become of an assignment: `running` until the lead is answered (`met`) or nobody is left to reassign it to
 * (`breached`), and then answered after all (`answered_late`); `ended` without an answer: pooled, deleted, taken away.
 */
export const ResponseState = z.enum(["running", "met", "breached", "answered_late", "ended"]);
export type ResponseState = z.infer<typeof ResponseState>;

export const ResponseStepName = z.enum(["remind", "reassign", "escalate", "pool"]);
export type ResponseStepName = z.infer<typeof ResponseStepName>;

/** Somebody who has or has had the lead to answer it. */
export const ResponseHolder = z.object({
  userId: z.string(),
  from: z.string(),
  missedAt: z.string().optional().meta({ description: "When it was found that the deadline had passed" }),
});
export type ResponseHolder = z.infer<typeof ResponseHolder>;

const shown = {
  state: ResponseState,
  ownerId: z.string().meta({ description: "Who has to answer" }),
  assignedAt: z.string().meta({ description: "From when the present owner's time counts" }),
  respondBy: z.string().optional().meta({ description: "In business time of the owner's calendar" }),
  reassignments: z.int().meta({ description: "How often it went to somebody else because nobody had answered" }),
  holders: z.array(ResponseHolder).meta({ description: "All who have had it since it was assigned, in order" }),
  answeredAt: z
    .string()
    .optional()
    .meta({ description: "When the first touch was written: a follow-up note, or a move of the status" }),
  escalatedAt: z.string().optional(),
  escalatedTo: z.string().optional().meta({ description: "The manager who was told" }),
};

/** The clock of a lead as events tell of it; `id` is the lead's, `version` the clock's own. */
export const ResponseClockData = z.object({ id: idOf("lead"), ...shown, ...recordFields });
export type ResponseClockData = z.infer<typeof ResponseClockData>;

export const LeadResponse = z.object({
  leadId: idOf("lead"),
  clock: z
    .object({
      ...shown,
      policyId: z.string().optional().meta({ description: "The policy that holds, unless it looks at hidden fields" }),
      remindAt: z.string().optional().meta({ description: "When the owner is reminded next" }),
      next: z.object({ step: ResponseStepName, at: z.string() }).optional().meta({ description: "What follows next" }),
    })
    .optional()
    .meta({ description: "Absent when no policy held for the lead when it was assigned, or it is still to come" }),
});
export type LeadResponse = z.infer<typeof LeadResponse>;
