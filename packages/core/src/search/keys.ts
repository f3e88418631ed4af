import type { SearchDocument, SearchedField } from "./document.ts";
import { emailStarts, fewestLastDigits, loneLetter } from "./matching.ts";
import { type Phone, phoneStarts, storedPhone } from "./phone.ts";
import type { PhoneTerm, Term, Terms } from "./query.ts";
import { type Segment, segmentsOf } from "./text.ts";

/**
 * The lists that a record stands in. Each holds the records of which any field has something in common: `t:` and two
 * neighbouring Chinese letters of a name, a company or an id, or the first 2, 4, 8 or 12 letters of a word of them, of an address
 * or an id; `p:` digits of a phone number. A longer beginning is looked for in the list of the next shorter one, whose entries tell what is
 * meant, so a word stands in two lists or three and not in as many as it has letters.
 */
const prefixLengths = [12, 8, 4, 2] as const;
const phonePrefixLengths = [8, 5, 3] as const;

const textKey = (text: string) => `t:${text}`;
const phoneKey = (digits: string) => `p:${digits}`;
/** The last digits stand in lists of their own. */
const lastDigitsKey = (digits: string) => phoneKey(`~${digits.slice(-fewestLastDigits)}`);

/** Keys of the lists that a record stands in, each once. */
export function keysOf(document: SearchDocument): string[] {
  const { name, company, email, phone, website, externalId } = document;
  const texts = [
    ...(name === undefined ? [] : nameTexts(name)),
    ...(company === undefined ? [] : wordTexts(segmentsOf(company))),
    ...(email === undefined ? [] : emailStarts(email).flatMap(prefixesOf)),
    ...(website === undefined ? [] : prefixesOf(website)),
    ...(externalId === undefined ? [] : idTexts(externalId)),
  ];
  return [...new Set([...texts.map(textKey), ...(phone === undefined ? [] : phoneKeys(storedPhone(phone)))])];
}

function nameTexts(name: string): string[] {
  const segments = segmentsOf(name);
  const [first] = segments[0]?.letters ?? [];
  return [...(first === undefined ? [] : [first]), ...wordTexts(segments)];
}

/** A Chinese word of a query reads lists of pairs alone, so an id stands in those as well. */
function idTexts(id: string): string[] {
  const segments = segmentsOf(id).filter(({ isDense }) => isDense);
  return [...prefixesOf(id), ...wordTexts(segments)];
}

function wordTexts(segments: readonly Segment[]): string[] {
  return segments.flatMap(({ letters, isDense }) => (isDense ? pairsOf(letters) : prefixesOf(letters)));
}

function pairsOf(letters: readonly string[]): string[] {
  return letters.slice(1).map((letter, index) => `${letters[index]}${letter}`);
}

/** Those that have a list, the longest first. */
function prefixesOf(text: string | readonly string[]): string[] {
  const letters = Array.from(text);
  return prefixLengths.filter((length) => length <= letters.length).map((length) => letters.slice(0, length).join(""));
}

function phoneKeys(phone: Phone): string[] {
  const prefixes = phoneStarts(phone).flatMap((start) =>
    phonePrefixLengths.filter((length) => length <= start.length).map((length) => phoneKey(start.slice(0, length))),
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
  if (lone !== undefined) return [[textKey(lone), ...otherKeys(terms[0], fields)]];
  return terms
    .flatMap((term) => termDrivers(term, fields))
    .sort((left, right) => rank(right) - rank(left))
    .map(withoutCovered);
}

function termDrivers(term: Term, fields: readonly SearchedField[]): Driver[] {
  const ways = term.segments.flatMap(({ letters, isDense }) =>
    isDense ? pairsOf(letters) : prefixesOf(letters).slice(0, 1),
  );
  const others = otherKeys(term, fields);
  // Single letters beside longer words drive nothing.
  return term.segments.length === 0 ? [others] : ways.map((text) => [textKey(text), ...others]);
}

/** Where a term is found that is in no field of words. */
function otherKeys(term: Term | undefined, fields: readonly SearchedField[]): string[] {
  const texts = fields.flatMap((field) => {
    const text = field === "externalId" ? idOf(term) : addresses.has(field) ? term?.address : undefined;
    return text === undefined ? [] : prefixesOf(text).slice(0, 1);
  });
  const phone = fields.includes("phone") ? term?.phone : undefined;
  return [...texts.map(textKey), ...(phone ? phoneTermKeys(phone) : [])];
}

/** The id that a term may begin; undefined where the lists of its one run of Chinese letters hold it. */
function idOf(term: Term | undefined): string | undefined {
  const [first, ...others] = term?.segments ?? [];
  return first?.isDense && others.length === 0 ? undefined : term?.externalId;
}

const addresses = new Set<SearchedField>(["email", "website"]);

/** Whatever stands in the list of a longer beginning stands in that of a shorter one, too. */
function withoutCovered(driver: Driver): Driver {
  return [...new Set(driver)].filter((key) => !driver.some((other) => other !== key && key.startsWith(other)));
}

function phoneTermKeys({ digits, readings }: PhoneTerm): string[] {
  const starts = readings.flatMap(({ country, national }) => [country + national, national]);
  const keys = starts.flatMap((start) => {
    const length = phonePrefixLengths.find((each) => each <= start.length);
    return length === undefined ? [] : [phoneKey(start.slice(0, length))];
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
