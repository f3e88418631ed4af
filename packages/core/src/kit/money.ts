/** Minor units in one major unit of a currency, by ISO 4217; most have 100. */
const digits: Record<string, number> = {
  BHD: 3,
  BIF: 0,
  CLF: 4,
  CLP: 0,
  DJF: 0,
  GNF: 0,
  IQD: 3,
  ISK: 0,
  JOD: 3,
  JPY: 0,
  KMF: 0,
  KRW: 0,
  KWD: 3,
  LYD: 3,
  OMR: 3,
  PYG: 0,
  RWF: 0,
  TND: 3,
  UGX: 0,
  UYI: 0,
  UYW: 4,
  VND: 0,
  VUV: 0,
  XAF: 0,
  XOF: 0,
  XPF: 0,
};

export function fractionDigits(currency: string): number {
  return digits[currency] ?? 2;
}

/**
 * Parses a decimal amount (`1,234.50`, `￥88`, full-width digits) into minor units, exactly.
 * Answers undefined when it is not an amount, has more digits than the currency, is negative or above 9·10¹⁵.
 */
export function parseAmount(text: string, currency: string): number | undefined {
  const plain = text.normalize("NFKC").replace(/[\s,$¥€£]/gu, "");
  const match = /^(\d{1,16})(?:\.(\d+))?$/.exec(plain);
  if (!match) return undefined;
  const places = fractionDigits(currency);
  const fraction = (match[2] ?? "").replace(/0+$/, "");
  if (fraction.length > places) return undefined;
  const minor = BigInt(`${match[1]}${fraction.padEnd(places, "0")}`);
  return minor <= 9_000_000_000_000_000n ? Number(minor) : undefined;
}

/** The decimal amount of minor units, exactly, with a point and without separators: `1234.50`. */
export function formatAmount(amountMinor: number, currency: string): string {
  const places = fractionDigits(currency);
  const sign = amountMinor < 0 ? "-" : "";
  const digits = String(Math.abs(amountMinor)).padStart(places + 1, "0");
  return places === 0 ? sign + digits : `${sign}${digits.slice(0, -places)}.${digits.slice(-places)}`;
}

/** Converts minor units between currencies by a decimal rate (base per unit), rounding half up; exact in between. */
export function convert(amountMinor: number, from: string, to: string, rate: string): number {
  const [whole = "0", fraction = ""] = rate.split(".");
  const scale = 10n ** BigInt(fraction.length + fractionDigits(from));
  const numerator = BigInt(amountMinor) * BigInt(whole + fraction) * 10n ** BigInt(fractionDigits(to));
  return Number((numerator * 2n + scale) / (scale * 2n));
}
