import * as z from "zod";
import { type Entity, idPattern, idPrefixes } from "./entities.ts";

/**
 * One schema for each argument, made once. Schemas do not change, and making them is a third of a cold start's own work: a
 * line of text takes nine.
 */
function once<A extends PropertyKey, S extends z.ZodType>(make: (argument: A) => S): (argument: A) => S {
  const made = new Map<A, S>();
  return (argument) => {
    const schema = made.get(argument) ?? make(argument);
    made.set(argument, schema);
    return schema;
  };
}

/** Schema of the id of one kind of record. */
export const idOf = once((entity: Entity) => {
  const prefix = idPrefixes[entity];
  return z
    .string()
    .regex(idPattern(entity), `must be an id that starts with ${prefix}_`)
    .meta({ description: `Id of a ${entity}`, example: `${prefix}_01JD7Z3Q5V9W0X2Y4Z6A8B0C1D` });
});

// Control characters have no place in a single line; they forge log lines and hide in exports.
const singleLine = /^[^\p{Cc}\p{Zl}\p{Zp}]*$/u;

/** One line of text, trimmed, NFC, between 1 and `max` characters. */
export const Line = once((max: number) =>
  z
    .string()
    .max(max)
    .regex(singleLine, "must be one line without control characters")
    .transform((text) => text.normalize("NFC").trim())
    .pipe(z.string().min(1).max(max)),
);

/** Free text of several lines, NFC, between 1 and `max` characters. */
export const Text = once((max: number) =>
  z
    .string()
    .min(1)
    .max(max)
    .refine((text) => !text.includes("\u0000"), "must not contain null characters")
    .transform((text) => text.normalize("NFC")),
);

/** Text in the languages of the product; English is required, Chinese falls back to it. */
export const LocalizedText = z.strictObject({ en: Line(120), "zh-CN": Line(120).optional() });
export type LocalizedText = z.infer<typeof LocalizedText>;

export const CurrencyCode = z
  .string()
  .regex(/^[A-Z]{3}$/, "must be an ISO 4217 code")
  .meta({ description: "ISO 4217 currency code", example: "CNY" });

/** Amount in minor units of its currency (cents, fen); never negative. */
export const AmountMinor = z.int().min(0).max(9_000_000_000_000_000);

/** Calendar date, `YYYY-MM-DD`. */
export const CalendarDate = z.iso.date();
/** Instant in UTC, ISO 8601. */
export const Instant = z.iso.datetime({ offset: false });
/** Instant or calendar date; a date means its midnight in the organisation's zone. */
export const InstantOrDate = z.union([Instant, CalendarDate]);

export const Tags = z.array(Line(40)).max(50);
export const Email = z.email().max(254);
export const Phone = z
  .string()
  .max(40)
  .regex(/^[+\d\s().\-–（）转x#*;ext=]+$/i, "must be a phone number");

/** Name of another system. It holds no `#`, so that a name and an id joined by one can be told apart again. */
export const ExternalSource = Line(40).refine((source) => !source.includes("#"), "must not contain #");

/** Key of the record in the system it came from: `source` names the system, `id` is unique in it. */
export const ExternalId = z.strictObject({ source: ExternalSource, id: Line(200) });
export type ExternalId = z.infer<typeof ExternalId>;

/** Who wrote a record last, and why. */
export const Change = z.object({
  actorId: z.string(),
  keyId: z.string().optional(),
  at: z.string(),
  command: z.string(),
  source: z.enum(["api", "import", "workflow", "hand_over", "mail", "form", "system"]),
  requestId: z.string(),
  reason: z.string().optional(),
});
export type Change = z.infer<typeof Change>;

/** What every stored record carries besides its own fields. */
export const recordFields = {
  version: z.int().positive().meta({ description: "Grows by one with each change; the ETag of the record" }),
  createdAt: z.string(),
  updatedAt: z.string(),
};

export const PageQuery = {
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(2000).optional(),
};

/** A page of records; `next` is the cursor of the following page, absent on the last one. */
export function pageOf<T extends z.ZodType>(item: T) {
  return z.object({ items: z.array(item), next: z.string().optional() });
}

export const Role = z.enum(["admin", "manager", "rep", "analyst", "integration"]);
export type Role = z.infer<typeof Role>;
