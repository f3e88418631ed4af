import * as z from "zod";
import { idOf, recordFields } from "../kit/primitives.ts";
import type { PoolEntity } from "../pools/schemas.ts";
import { RecyclingSince } from "./rules.ts";

/** Kinds of the items that countdowns of leads and of accounts are; they are no records of their own and leave no trace in the trail. */
export const countdownKinds = {
  lead: "leadRecycling",
  account: "accountRecycling",
} as const satisfies Record<PoolEntity, string>;
export type CountdownKind = (typeof countdownKinds)[PoolEntity];

/** Whether something is a kind of countdown. */
export function isCountdownKind(kind: string): kind is CountdownKind {
  return kind === countdownKinds.lead || kind === countdownKinds.account;
}

/** `running` while days are counted, `recycled` once the record went to the pool, `ended` when nothing is counted any more. */
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
  ownerId: z.string().meta({ description: "Who has the record, or has lost it" }),
  ownedSince: z.string(),
  touchedAt: z.string().optional().meta({ description: "The owner's time has seen this follow-up last" }),
  recycleAt: z.string().optional().meta({ description: "When the record goes to the pool" }),
  poolId: idOf("pool").optional(),
  because: RecyclingCause.optional(),
  warned: RecyclingWarning.optional().meta({ description: "The last warning that was given of this end" }),
  recycledAt: z.string().optional(),
};

const dataOf = (entity: PoolEntity) => z.object({ id: idOf(entity), ...shown, ...recordFields });

/** The countdown of a lead, or of an account, as events tell of it; `id` is the record's, `version` the countdown's own. */
export const LeadRecyclingData = dataOf("lead");
export const AccountRecyclingData = dataOf("account");
export type RecyclingData = z.infer<typeof LeadRecyclingData>;

const Shown = z
  .object({
    ...shown,
    ruleId: z.string().optional().meta({ description: "The rule that holds, unless it looks at hidden fields" }),
    next: z
      .object({ step: z.enum(["warn", "recycle"]), at: z.string() })
      .optional()
      .meta({ description: "What follows next" }),
  })
  .optional()
  .meta({ description: "Absent when no rule has ever counted days of the record, or it is still to be seen" });

export const LeadRecycling = z.object({ leadId: idOf("lead"), recycling: Shown });
export type LeadRecycling = z.infer<typeof LeadRecycling>;

export const AccountRecycling = z.object({ accountId: idOf("account"), recycling: Shown });
export type AccountRecycling = z.infer<typeof AccountRecycling>;
