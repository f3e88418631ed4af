/**
 * What a field holds, which decides the operators that it takes:
 * - `user`, `team`, `token`: an id or a word, equal to the letter; people may be `me`, teams `myTeam` or `myTeams`
 * - `text`: case, width and spaces do not matter
 * - `number`; `money`: minor units, see {@link Field.money}; `flag`: true or false
 * - `date`: a calendar date; `instant`: a time, compared with dates by the organisation's days
 * - `tokens`, `texts`: several of them
 * - `free`: a text, a number or a flag, as it comes; compared with values of its own type, and a text that is a number with numbers too
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
  | "free"
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
  /** Whether it holds small values by names of their own, each of which is a field: `custom.employees`. @default false */
  keyed?: boolean;
  /** For what is not stored as such, and so not shown either. */
  derive?: (record: Readonly<Record<string, unknown>>) => unknown;
}

/** The fields of a kind of record. */
export type FieldCatalogue = Readonly<Record<string, Field>>;

/** A catalogue that names each field of a record; a new field without an entry does not compile. */
export type CatalogueOf<T> = Readonly<Record<keyof T, Field>>;

/** A field by its name; what is hidden from the caller is not there, like what does not exist. */
export function fieldNamed(catalogue: FieldCatalogue, name: string, hidden: ReadonlySet<string>): Field | undefined {
  if (Object.hasOwn(catalogue, name)) return hidden.has(name) ? undefined : catalogue[name];
  const [whole, part] = partsOf(name);
  const isKeyed =
    part !== undefined && !hidden.has(whole) && Object.hasOwn(catalogue, whole) && catalogue[whole]?.keyed;
  return isKeyed ? { kind: "free", derive: (record) => valueAt(record[whole], part) } : undefined;
}

/** What keyed data may be called, as the contracts have it. */
const keyPattern = /^[A-Za-z][A-Za-z0-9_]{0,39}$/;

/** The field that a name of a condition lies in, and for one value of keyed data its key. */
export function partsOf(name: string): [field: string, key?: string] {
  const dot = name.indexOf(".");
  const key = name.slice(dot + 1);
  return dot > 0 && keyPattern.test(key) ? [name.slice(0, dot), key] : [name];
}

function valueAt(data: unknown, key: string): unknown {
  const isData = typeof data === "object" && data !== null && Object.hasOwn(data, key);
  return isData ? (data as Record<string, unknown>)[key] : undefined; // it has the key
}
