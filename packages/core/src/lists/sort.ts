import { type FieldCatalogue, type FieldKind, fieldNamed } from "../conditions/field.ts";
import type { Scalar } from "../conditions/resolved.ts";
import { type Readable, valuesOf } from "../conditions/values-of.ts";
import { DomainError } from "../kit/domain-error.ts";

/** By which field a list is sorted. Records without a value come last, whichever way. */
export interface Sort {
  field: string;
  descending: boolean;
}

/** Latest change first. */
export const defaultSort: Sort = { field: "updatedAt", descending: true };

const sortable: readonly FieldKind[] = ["text", "number", "money", "flag", "date", "instant"];

/** Reads `amountMinor` or `-amountMinor`. @throws DomainError `invalid_request` for fields that are unknown, hidden or have no order */
export function sortBy(
  text: string,
  { fields, hidden, pointer }: { fields: FieldCatalogue; hidden: ReadonlySet<string>; pointer: string },
): Sort {
  const descending = text.startsWith("-");
  const name = descending ? text.slice(1) : text;
  const field = fieldNamed(fields, name, hidden);
  const message = !field ? "is not a known field" : !sortable.includes(field.kind) ? "has no order" : undefined;
  if (message) throw new DomainError("invalid_request", "The sort is not valid.", { errors: [{ pointer, message }] });
  return { field: name, descending };
}

/** What a record is sorted by; amounts count in base currency, texts without case and width. */
export function sortValue(
  record: Readable,
  { field: name }: Sort,
  { fields, zone }: { fields: FieldCatalogue; zone: string },
): Scalar | undefined {
  const field = fields[name];
  return field && valuesOf(record, { name, field }, zone)[0];
}

/** A place in a list that is sorted by values. */
export interface SortedPlace {
  value: Scalar | undefined;
  id: string;
}

/** The order of a list: by value, then by id. Texts by their code points, so that every machine gives the same order. */
export function compareSorted(left: SortedPlace, right: SortedPlace, descending: boolean): number {
  return compareValues(left.value, right.value, descending) || compare(left.id, right.id);
}

function compareValues(left: Scalar | undefined, right: Scalar | undefined, descending: boolean): number {
  if (left === undefined || right === undefined) return Number(left === undefined) - Number(right === undefined);
  return descending ? compare(right, left) : compare(left, right);
}

function compare(left: Scalar, right: Scalar): number {
  return left < right ? -1 : Number(left > right);
}
