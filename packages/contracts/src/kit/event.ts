import { z } from "zod";

/** Who caused an event. */
export const EventActor = z.object({ id: z.string(), source: z.string() });

/** Schema of a public event: a versioned product with a stable envelope. */
export function defineEvent<T extends string, D extends z.ZodType, P extends z.ZodType>(
  type: T,
  summary: string,
  data: D,
  previous: P,
) {
  return {
    type,
    summary,
    schema: z.object({
      id: z.string().meta({ description: "Deterministic: the same change always has the same id" }),
      type: z.literal(type),
      occurredAt: z.string(),
      customer: z.string(),
      actor: EventActor,
      sequence: z.int().meta({ description: "Version of the record; orders the events of one record" }),
      data,
      previous: previous.optional().meta({ description: "Values of the changed fields before the change" }),
    }),
  };
}
