import * as z from "zod";
import { mostBatchRows } from "../kit/batch.ts";
import { Email, ExternalSource, Instant, idOf, Line } from "../kit/primitives.ts";
import { BehaviourType } from "./schemas.ts";

export const behaviourLimits = {
  /** An event may tell of so many days ago. */
  pastDays: 90,
  /** Clocks of other systems may be so far ahead. */
  aheadMinutes: 5,
} as const;

const Amount = z.number().min(-1e12).max(1e12);

/** What is known of an event, for conditions of rules. */
export const BehaviourData = z.strictObject({
  url: Line(1_000).optional(),
  path: Line(500).optional(),
  title: Line(200).optional(),
  campaign: Line(200).optional(),
  medium: Line(100).optional(),
  seconds: Amount.optional(),
  value: Amount.optional(),
});
export type BehaviourData = z.infer<typeof BehaviourData>;

/** Something that happened on a lead's side. An event is known by source and id, and counts once. */
export const NewBehaviourEvent = z
  .strictObject({
    source: ExternalSource.meta({ description: "The system that tells of it" }),
    id: Line(200).meta({ description: "Unique in its source" }),
    leadId: idOf("lead").optional(),
    email: Email.optional().meta({ description: "Of a lead that the caller sees: an open one first, then the newest" }),
    type: BehaviourType,
    occurredAt: Instant.meta({
      description: `At most ${behaviourLimits.pastDays} days ago and ${behaviourLimits.aheadMinutes} minutes ahead`,
    }),
    data: BehaviourData.default({}),
  })
  .refine(({ leadId, email }) => (leadId === undefined) !== (email === undefined), "give either leadId or email");
export type NewBehaviourEvent = z.infer<typeof NewBehaviourEvent>;

/** The body of a call; its events are parsed one by one, so that a bad one stops no good one. */
export const BehaviourEvents = z.strictObject({ events: z.array(z.unknown()).min(1).max(mostBatchRows) });

/** Whom an event is about, as far as anything at all says so: events of one lead are counted one after the other. */
export function behaviourTarget(event: unknown): string | undefined {
  const { leadId, email } = (event ?? {}) as { leadId?: unknown; email?: unknown }; // anything may be looked at
  const target = leadId ?? email;
  return typeof target === "string" ? target : undefined;
}
