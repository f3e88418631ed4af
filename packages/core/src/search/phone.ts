/** A phone number in its two parts. */
export interface Phone {
  /** Calling code of the country, as far as the number names one. */
  country: string;
  /** What is dialled within the country, without the zeros in front. */
  national: string;
}

/** ITU-T E.164: two codes of one digit, these of two, and all others of three. */
const callingCode = /^(?:1|7|2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58]|\d{3})/;
const international = /^[\s(]*(?:\+|00)/;
/** The zero that is only dialled within the country: +44 (0)20 … */
const trunkZero = /\(0\)/g;
const extension = /(?:ext|x|转|#|\*|;).*$/iu;

export function withoutExtension(text: string): string {
  return text.replace(extension, "");
}

/** Reads a number in whatever spelling; undefined when it has no digits. */
export function readPhone(text: string): Phone | undefined {
  const plain = withoutExtension(text.normalize("NFKC")).replace(trunkZero, "");
  const digits = plain.replace(/\D/g, "");
  if (digits === "") return undefined;
  if (!international.test(plain)) return { country: "", national: withoutZeros(digits) };
  return inParts(withoutZeros(digits));
}

/** The parts of a number that begins with the code of its country. */
export function inParts(digits: string): Phone {
  const [country = ""] = callingCode.exec(digits) ?? [];
  return { country, national: withoutZeros(digits.slice(country.length)) };
}

function withoutZeros(digits: string): string {
  return digits.replace(/^0+/, "");
}

/** As it is kept in the index. */
export function writePhone({ country, national }: Phone): string {
  return `${country}+${national}`;
}

export function storedPhone(text: string): Phone {
  const [country = "", national = ""] = text.split("+");
  return { country, national };
}

/** What a number may be found by: its digits with and, if it names its country, without the code. */
export function phoneStarts({ country, national }: Phone): string[] {
  return country === "" ? [national] : [national, country + national];
}
