import type { SearchDocument, SearchedField } from "./document.ts";
import { emailStarts, fewestLastDigits, loneLetter } from "./matching.ts";
import { type Phone, phoneStarts, storedPhone } from "./phone.ts";
import type { PhoneTerm, Term, Terms } from "./query.ts";
import { type Segment, segmentsOf } from "./text.ts";

/**
 * The lists that a record stands in. Each holds the records of which a field has something in common: `n:` and two
 * neighbouring Chinese letters, or the first 2, 4, 7 or 12 letters of a word, of its name. A longer beginning is looked for
 * in the list of the next shorter one, whose entries tell what is meant, so a word stands in three lists and not in as many
 * as it has letters.
 */
const prefixLengths = [12, 7, 4, 2] as const;
const phonePrefixLengths = [8, 5, 3] as const;

const codes: Record<SearchedField, string> = { name: "n", email: "e", phone: "p", website: "w", externalId: "x" };

const keyIn = (field: SearchedField, text: string) => `${codes[field]}:${text}`;
/** The last digits stand in lists of their own. */
const lastDigitsKey = (digits: string) => keyIn("phone", `~${digits.slice(-fewestLastDigits)}`);

/** Keys of the lists that a record stands in, each once. */
export function keysOf(document: SearchDocument): string[] {
  const { name, email, phone, website, externalId } = document;
  const keys = [
    ...(name === undefined ? [] : nameKeys(name)),
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
  return [
    ...(first === undefined ? [] : [keyIn("name", first)]),
    ...segments.flatMap((segment) => (segment.isDense ? pairKeys(segment) : wordKeys(segment))),
  ];
}

function pairKeys({ letters }: Segment): string[] {
  return letters.slice(1).map((letter, index) => keyIn("name", `${letters[index]}${letter}`));
}

function wordKeys({ letters }: Segment): string[] {
  return prefixLengths.filter((length) => length <= letters.length).map((length) => prefixKey("name", letters, length));
}

function prefixKey(field: SearchedField, letters: readonly string[], length: number): string {
  return keyIn(field, letters.slice(0, length).join(""));
}

function prefixKeys(field: SearchedField, text: string): string[] {
  const letters = Array.from(text);
  return prefixLengths.filter((length) => length <= letters.length).map((length) => prefixKey(field, letters, length));
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
  const ways = term.segments.flatMap(segmentKeys);
  const others = otherKeys(term, fields);
  if (term.segments.length === 0) return [others];
  if (ways.length === 0) return []; // single letters beside longer words
  return ways.map((key) => [key, ...others]);
}

function segmentKeys(segment: Segment): string[] {
  if (segment.letters.length < 2) return [];
  return segment.isDense ? pairKeys(segment) : wordKeys(segment).slice(0, 1);
}

/** Where a term is found that is in no name. */
function otherKeys(term: Term | undefined, fields: readonly SearchedField[]): string[] {
  if (!term) return [];
  const { address, externalId, phone } = term;
  return fields.flatMap((field) => {
    if (field === "phone") return phone ? phoneTermKeys(phone) : [];
    const text = field === "externalId" ? externalId : field === "name" ? undefined : address;
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
