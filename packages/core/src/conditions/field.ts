/**
 * What a field holds, which decides the operators that it takes:
 * - `user`, `team`, `token`: an id or a word, equal to the letter; people may be `me`, teams `myTeam` or `myTeams`
 * - `text`: case, width and spaces do not matter
 * - `number`; `money`: minor units, see {@link Field.money}; `flag`: true or false
 * - `date`: a calendar date; `instant`: a time, compared with dates by the organisation's days
 * - `tokens`, `texts`: several of them
 * - `opaque`: shown, and nothing to select or sort by
 */
export type FieldKind =
  | "user"
  | "team"
  | "token"
  | "text"
  | "number"
  | "money"
  | "flag"
  | "date"
  | "instant"
  | "tokens"
  | "texts"
  | "opaque";

export interface Field {
  kind: FieldKind;
  /** The only values of a `token`. @default any */
  values?: readonly string[];
  /**
   * For amounts of a currency of their own: the field that names it, and the one with the amount in base currency. A term
   * that names a currency judges amounts in that one; without one, as in sorts, amounts count in base currency.
   * @default amounts are in base currency
   */
  money?: { currency: string; base: string };
  /** For what is not stored as such, and so not shown either. */
  derive?: (record: Readonly<Record<string, unknown>>) => unknown;
}

/** The fields of a kind of record. */
export type FieldCatalogue = Readonly<Record<string, Field>>;

/** A catalogue that names each field of a record; a new field without an entry does not compile. */
export type CatalogueOf<T> = Readonly<Record<keyof T, Field>>;

/** A field by its name; what is hidden from the caller is not there, like what does not exist. */
export function fieldNamed(catalogue: FieldCatalogue, name: string, hidden: ReadonlySet<string>): Field | undefined {
  return Object.hasOwn(catalogue, name) && !hidden.has(name) ? catalogue[name] : undefined;
}
