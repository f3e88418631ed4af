import type { SearchDocument, SearchedField } from "./document.ts";
import { phoneStarts, storedPhone } from "./phone.ts";
import { fewestPhoneDigits, type PhoneTerm, type Term, type Terms } from "./query.ts";
import { type Segment, segmentsOf } from "./text.ts";

/** How many last digits find a phone number. */
export const fewestLastDigits = 4;

/** The text of a field that a document holds only the beginning of: nothing can be said of what is not in it. */
export type CutFields = ReadonlySet<SearchedField>;
const nothingCut: CutFields = new Set();

/**
 * The one predicate of the search: by which field a record is found, undefined if it is not. It looks at nothing but the
 * given fields. The name comes first, as everybody may see it; another field is named when the names do not tell all.
 */
export function matchedField(
  document: SearchDocument,
  readings: readonly Terms[],
  { fields, cut = nothingCut }: { fields: readonly SearchedField[]; cut?: CutFields },
): SearchedField | undefined {
  for (const terms of readings) {
    const first = loneLetter(terms);
    const found = terms.map((term) => fieldOf(document, term, { fields, cut, first }));
    if (!found.includes(undefined)) return found.find((field) => field !== "name") ?? "name";
  }
  return undefined;
}

/**
 * A query of nothing but single letters is about the beginning of names, as such letters are in nearly every name.
 * Beside a longer word a letter begins any word.
 */
export function loneLetter(terms: Terms): string | undefined {
  const segments = terms.flatMap((term) => term.segments);
  return segments.every(({ letters }) => letters.length === 1) ? segments[0]?.letters[0] : undefined;
}

function fieldOf(
  document: SearchDocument,
  term: Term,
  { fields, cut, first }: { fields: readonly SearchedField[]; cut: CutFields; first: string | undefined },
): SearchedField | undefined {
  return fields.find((field) => {
    const text = document[field];
    if (text === undefined) return false;
    if (field === "name") return (isNamed(text, term) && begins(text, first)) || cut.has(field);
    // Single letters are about the beginning of names.
    if (field === "company" && first !== undefined) return false;
    return matchers[field](text, term) || cut.has(field);
  });
}

function begins(name: string, letter: string | undefined): boolean {
  return letter === undefined || segmentsOf(name)[0]?.letters[0] === letter;
}

function isNamed(name: string, { segments }: Term): boolean {
  return segments.length > 0 && segments.every((segment) => holds(name, segment));
}

function holds(name: string, { letters, isDense }: Segment): boolean {
  const looked = letters.join("");
  if (isDense) return name.includes(looked);
  return segmentsOf(name).some((word) => !word.isDense && word.letters.join("").startsWith(looked));
}

const matchers: Record<Exclude<SearchedField, "name">, (text: string, term: Term) => boolean> = {
  company: isNamed,
  email: (text, { address }) => address !== undefined && emailStarts(text).some((start) => start.startsWith(address)),
  website: (text, { address }) => address !== undefined && text.startsWith(address),
  externalId: (text, { externalId }) => externalId !== undefined && text.startsWith(externalId),
  phone: (text, { phone }) => phone !== undefined && isPhone(text, phone),
};

/** An address is found by its beginning and by that of its domain. */
export function emailStarts(email: string): string[] {
  const at = email.lastIndexOf("@");
  return at < 0 ? [email] : [email, email.slice(at + 1)];
}

function isPhone(text: string, { digits, readings }: PhoneTerm): boolean {
  const stored = storedPhone(text);
  if (digits.length >= fewestLastDigits && stored.national.endsWith(digits)) return true;
  return readings.some(({ country, national }) => {
    // A number without a country may be of any.
    const isShort = (digits: string) => digits.length < fewestPhoneDigits;
    if (country !== "" && stored.country !== "") {
      const looked = country + national;
      return !isShort(looked) && (stored.country + stored.national).startsWith(looked);
    }
    if (isShort(national)) return false;
    const starts = country === "" ? phoneStarts(stored) : [stored.national];
    return starts.some((start) => start.startsWith(national));
  });
}
