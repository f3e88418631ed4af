import { hostOf } from "./document.ts";
import { inParts, type Phone, readPhone, withoutExtension } from "./phone.ts";
import { foldText, type Segment, segmentsOf, withoutSeparators } from "./text.ts";

/** A word of a query and what it may mean; a record matches it when one of its fields matches the meaning for that field. */
export interface Term {
  /** For names: each of them must be found. None where a number alone is meant. */
  segments: readonly Segment[];
  /** For e-mail addresses, their domains and websites: how they begin. */
  address?: string;
  phone?: PhoneTerm;
  /** For ids: how they begin. */
  externalId?: string;
}

/** Digits of a phone number, and the numbers that they may begin. */
export interface PhoneTerm {
  digits: string;
  readings: readonly Phone[];
}

/** All terms of a query must be found. */
export type Terms = readonly Term[];

const phoneLike = /^[+\d().\-–/]*\d[+\d().\-–/]*$/;
export const fewestPhoneDigits = 3;
/** Within a country no number is longer, so a longer one begins with a country, even without a plus. */
const longestNational = 11;

/**
 * The readings of what somebody has typed; a record is found when it matches one of them. There is a second one when
 * neighbouring words look like the groups of one phone number.
 */
export function readQuery(text: string): Terms[] {
  const words = foldText(text).split(" ");
  const readings = [words.map(termOf).filter(isMeaningful)];
  const grouped = groupedNumbers(words);
  if (grouped.length < words.length) readings.push(grouped.map(numberOrTerm).filter(isMeaningful));
  return readings.filter((terms) => terms.length > 0);
}

function isMeaningful({ segments, phone }: Term): boolean {
  return segments.length > 0 || phone !== undefined;
}

/** What the groups may mean apart from each other, the first reading says. */
function numberOrTerm(word: string): Term {
  const phone = word.includes(" ") ? phoneOf(word) : undefined;
  return phone ? { segments: [], phone } : termOf(word);
}

function termOf(word: string): Term {
  const segments = segmentsOf(word);
  const isSpaced = segments.every(({ isDense }) => !isDense);
  const address = isSpaced ? addressOf(word) : "";
  const letters = withoutSeparators(word);
  const phone = phoneOf(withoutExtension(word));
  return {
    segments,
    ...(address.length > 1 ? { address } : {}),
    ...(phone ? { phone } : {}),
    ...(letters.length > 1 ? { externalId: letters } : {}),
  };
}

/** `@example.com` asks for a domain, and a copied address for its host. */
function addressOf(word: string): string {
  const plain = word.replace(/^@/, "");
  return plain.includes("@") ? plain : hostOf(plain);
}

function phoneOf(word: string): PhoneTerm | undefined {
  if (!phoneLike.test(word.replaceAll(" ", ""))) return undefined;
  const digits = word.replace(/\D/g, "");
  const phone = readPhone(word);
  if (digits.length < fewestPhoneDigits || !phone) return undefined;
  const { country, national } = phone;
  const readings = country === "" && national.length > longestNational ? [phone, inParts(national)] : [phone];
  return { digits, readings };
}

/** Neighbouring groups of digits as one word. */
function groupedNumbers(words: readonly string[]): string[] {
  const grouped: string[] = [];
  let wasNumber = false;
  for (const word of words) {
    const isNumber = phoneLike.test(word);
    if (isNumber && wasNumber) grouped.push(`${grouped.pop()} ${word}`);
    else grouped.push(word);
    wasNumber = isNumber;
  }
  return grouped;
}
