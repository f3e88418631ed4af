import type { SearchDocument, SearchedField } from "./document.ts";
import { emailStarts, fewestLastDigits, loneLetter } from "./matching.ts";
import { type Phone, phoneStarts, storedPhone } from "./phone.ts";
import type { PhoneTerm, Term, Terms } from "./query.ts";
import { type Segment, segmentsOf } from "./text.ts";

/**
 * The lists that a record stands in. Each holds the records of which a field has something in common: `n:` and two
 * neighbouring Chinese letters, or the first 2, 4, 7 or 12 letters of a word, of its name; `c:` the same of a company. A longer beginning is looked for
 * in the list of the next shorter one, whose entries tell what is meant, so a word stands in three lists and not in as many
 * as it has letters.
 */
const prefixLengths = [12, 7, 4, 2] as const;
const phonePrefixLengths = [8, 5, 3] as const;

const codes: Record<SearchedField, string> = {
  name: "n",
  company: "c",
  email: "e",
  phone: "p",
  website: "w",
  externalId: "x",
};
/** Fields of words; the others are looked into from their beginning. */
type WordField = Extract<SearchedField, "name" | "company">;

const keyIn = (field: SearchedField, text: string) => `${codes[field]}:${text}`;
/** The last digits stand in lists of their own. */
const lastDigitsKey = (digits: string) => keyIn("phone", `~${digits.slice(-fewestLastDigits)}`);

/** Keys of the lists that a record stands in, each once. */
export function keysOf(document: SearchDocument): string[] {
  const { name, company, email, phone, website, externalId } = document;
  const keys = [
    ...(name === undefined ? [] : nameKeys(name)),
    ...(company === undefined ? [] : wordKeys("company", segmentsOf(company))),
    ...(email === undefined ? [] : emailStarts(email).flatMap((start) => prefixKeys("email", start))),
    ...(website === undefined ? [] : prefixKeys("website", website)),
    ...(externalId === undefined ? [] : prefixKeys("externalId", externalId)),
    ...(phone === undefined ? [] : phoneKeys(storedPhone(phone))),
  ];
  return [...new Set(keys)];
}

function nameKeys(name: string): string[] {
  const segments = segmentsOf(name);
  const [first] = segments[0]?.letters ?? [];
  return [...(first === undefined ? [] : [keyIn("name", first)]), ...wordKeys("name", segments)];
}

function wordKeys(field: WordField, segments: readonly Segment[]): string[] {
  return segments
    .flatMap(({ letters, isDense }) => (isDense ? pairsOf(letters) : prefixesOf(letters)))
    .map((text) => keyIn(field, text));
}

function pairsOf(letters: readonly string[]): string[] {
  return letters.slice(1).map((letter, index) => `${letters[index]}${letter}`);
}

/** Those that have a list, the longest first. */
function prefixesOf(letters: readonly string[]): string[] {
  return prefixLengths.filter((length) => length <= letters.length).map((length) => letters.slice(0, length).join(""));
}

function prefixKeys(field: SearchedField, text: string): string[] {
  return prefixesOf(Array.from(text)).map((prefix) => keyIn(field, prefix));
}

function phoneKeys(phone: Phone): string[] {
  const prefixes = phoneStarts(phone).flatMap((start) =>
    phonePrefixLengths
      .filter((length) => length <= start.length)
      .map((length) => keyIn("phone", start.slice(0, length))),
  );
  return phone.national.length < fewestLastDigits ? prefixes : [...prefixes, lastDigitsKey(phone.national)];
}

/** Lists which together hold every record that matches a query. */
export type Driver = readonly string[];

/**
 * The ways to find all that matches: the lists of any one term hold it, and of a Chinese term those of any one pair of
 * letters. The one that is likely to be the shortest comes first.
 */
export function driversOf(terms: Terms, fields: readonly SearchedField[]): Driver[] {
  const isHopeless = terms.some(({ segments, phone }) => segments.length === 0 && phone && !fields.includes("phone"));
  if (isHopeless) return [];
  const lone = loneLetter(terms);
  if (lone !== undefined) return [[keyIn("name", lone), ...otherKeys(terms[0], fields)]];
  return terms
    .flatMap((term) => termDrivers(term, fields))
    .sort((left, right) => rank(right) - rank(left))
    .map((driver) => [...new Set(driver)]);
}

function termDrivers(term: Term, fields: readonly SearchedField[]): Driver[] {
  const ways = term.segments.flatMap(({ letters, isDense }) =>
    isDense ? pairsOf(letters) : prefixesOf(letters).slice(0, 1),
  );
  const others = otherKeys(term, fields);
  if (term.segments.length === 0) return [others];
  if (ways.length === 0) return []; // single letters beside longer words
  const wordFields: WordField[] = fields.includes("company") ? ["name", "company"] : ["name"];
  return ways.map((text) => [...wordFields.map((field) => keyIn(field, text)), ...others]);
}

/** Where a term is found that is in no field of words. */
function otherKeys(term: Term | undefined, fields: readonly SearchedField[]): string[] {
  if (!term) return [];
  const { address, externalId, phone } = term;
  return fields.flatMap((field) => {
    if (field === "phone") return phone ? phoneTermKeys(phone) : [];
    if (field === "name" || field === "company") return [];
    const text = field === "externalId" ? externalId : address;
    return text === undefined ? [] : prefixKeys(field, text).slice(0, 1);
  });
}

function phoneTermKeys({ digits, readings }: PhoneTerm): string[] {
  const starts = readings.flatMap(({ country, national }) => [country + national, national]);
  const keys = starts.flatMap((start) => {
    const length = phonePrefixLengths.find((each) => each <= start.length);
    return length === undefined ? [] : [keyIn("phone", start.slice(0, length))];
  });
  return digits.length < fewestLastDigits ? keys : [...keys, lastDigitsKey(digits)];
}

/** Pairs that stand in most names of companies; only an estimate of which list is long. */
const common = new Set(
  "有限 限公 公司 股份 份有 科技 技有 技术 集团 限责 责任 任公 实业 业有 发展 展有 电子 信息 中国 北京 上海 深圳 广州".split(
    " ",
  ),
);

function rank([key = ""]: Driver): number {
  const text = key.slice(key.indexOf(":") + 1);
  const letters = Array.from(text).length;
  return common.has(text) ? 0 : letters + (/\p{scx=Han}/u.test(text) ? 4 : 0);
}
