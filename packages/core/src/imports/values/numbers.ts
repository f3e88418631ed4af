import { parseAmount } from "../../kit/money.ts";

/** A whole number, with or without separators: `2,822`, `２８２２`. Undefined for anything else. */
export function parseInteger(text: string): number | undefined {
  const plain = text.normalize("NFKC").replace(/[\s,]/gu, "");
  return /^\d{1,15}(?:\.0+)?$/.test(plain) ? Number.parseInt(plain, 10) : undefined;
}

/** A decimal number of millions of a currency, in minor units, exactly. Undefined when it is not one. */
export function parseMillions(text: string, currency: string): number | undefined {
  const [whole = "", fraction = "", ...rest] = text.normalize("NFKC").trim().split(".");
  if (rest.length > 0 || whole === "" || !/^\d*$/.test(fraction)) return undefined;
  const shifted = fraction.padEnd(6, "0");
  return parseAmount(`${whole}${shifted.slice(0, 6)}.${shifted.slice(6) || "0"}`, currency);
}
