import { foldName } from "../kit/fold.ts";
import { startOf } from "../kit/zone.ts";
import type { Field } from "./field.ts";
import type { Scalar, Term } from "./resolved.ts";

/** Any record, read by the names of its fields. */
export type Readable = Readonly<Record<string, unknown>>;

/**
 * What a term looks at: the values of its field in the form in which resolved conditions compare them, none when the field is
 * missing. Amounts of another currency than the term's are none.
 */
export function valuesOf(record: Readable, { name, field, currency }: Omit<Term, "tests">, zone: string): Scalar[] {
  const value = rawValue(record, name, { field, currency });
  if (value === undefined || value === null) return [];
  const values = Array.isArray(value) ? value : [value];
  return field.kind === "free" ? values.flatMap(freely) : values.map((each) => comparable(each, field, zone));
}

/** What forms and files give is text, also when it is a number. */
function freely(value: unknown): Scalar[] {
  if (typeof value === "number" || typeof value === "boolean") return [value];
  const text = foldName(String(value));
  return numberPattern.test(text) ? [text, Number(text)] : [text];
}

const numberPattern = /^-?\d{1,15}(\.\d{1,10})?$/;

function rawValue(record: Readable, name: string, { field, currency }: { field: Field; currency: string | undefined }) {
  if (field.derive) return field.derive(record);
  if (!field.money) return record[name];
  if (currency === undefined) return record[field.money.base];
  return record[field.money.currency] === currency ? record[name] : undefined;
}

function comparable(value: unknown, { kind }: Field, zone: string): Scalar {
  if (kind === "text" || kind === "texts") return foldName(String(value));
  // History from other systems may tell the day alone.
  if (kind === "instant") return startOf(zone, String(value));
  return value as Scalar; // kinds hold texts, numbers and flags only
}
