import type { CountryCode } from "libphonenumber-js/min";

/**
 * A phone number in E.164 form, with its extension if it has one; undefined for what is no number. `country` is where a
 * number without a country code belongs (ISO 3166, two letters). The tables of numbers are loaded with the first one: they
 * are most of what a function that never sees a number would have to load.
 */
export async function phoneKey(phone: string, country: string): Promise<string | undefined> {
  const { parsePhoneNumberFromString } = await import("libphonenumber-js/min");
  // An unknown country is no fault: the library reads the number as one without a country.
  const number = parsePhoneNumberFromString(phone.normalize("NFKC").replace(/转/gu, " x"), country as CountryCode);
  if (!number?.isPossible()) return undefined;
  return number.ext ? `${number.number};ext=${number.ext}` : number.number;
}
