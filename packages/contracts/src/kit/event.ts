import * as z from "zod";

/**
 * Values that the changed fields had before a change; `null` where a field was empty.
 * Fields that every record carries (version, dates) are not among them. Built when the first event of its type is
 * published: two schemas for each field would be most of what the publisher does at its start.
 */
export function previousOf<S extends z.ZodRawShape>(record: z.ZodObject<S>) {
  return z.lazy(() => {
    const fields = Object.entries(record.shape).map(([name, schema]) => [
      name,
      (schema as z.ZodType).nullable().optional(), // fields of a record are schemas
    ]);
    return z.object(Object.fromEntries(fields));
  });
}

/** Who caused an event. */
export const EventActor = z.object({ id: z.string(), source: z.string() });

/** A public event: its type, what it says, and the schema of its envelope. */
export interface EventDefinition {
  type: string;
  summary: string;
  schema: z.ZodType;
}

/** An event as it is published. */
export interface EventEnvelope {
  id: string;
  type: string;
  occurredAt: string;
  customer: string;
  actor: z.infer<typeof EventActor>;
  sequence: number;
  data: Record<string, unknown>;
  previous?: Record<string, unknown>;
}

const text = z.string();
const id = z.string().meta({ description: "Deterministic: the same change always has the same id" });
const sequence = z.int().meta({ description: "Version of the record; orders the events of one record" });

/** Schema of a public event: a versioned product with a stable envelope. */
export function defineEvent<T extends string, D extends z.ZodType>(
  type: T,
  summary: string,
  data: D,
  previous: z.ZodType = z.undefined(),
) {
  return {
    type,
    summary,
    schema: z.object({
      id,
      type: z.literal(type),
      occurredAt: text,
      customer: text,
      actor: EventActor,
      sequence,
      data,
      previous: previous.optional().meta({ description: "Values of the changed fields before the change" }),
    }),
  };
}
