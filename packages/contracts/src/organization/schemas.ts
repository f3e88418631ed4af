import * as z from "zod";
import { CurrencyCode, recordFields } from "../kit/primitives.ts";

/** How many units of the base currency one unit of this currency is worth. */
export const Rate = z.strictObject({
  currency: CurrencyCode,
  rate: z
    .string()
    .regex(/^\d{1,9}(\.\d{1,9})?$/, "must be a positive decimal")
    .refine((rate) => Number(rate) > 0, "must be above zero"),
});

export const Organization = z.object({
  customer: z.string(),
  baseCurrency: CurrencyCode,
  zone: z.string(),
  locale: z.string(),
  rates: z.array(Rate),
  version: recordFields.version,
});
export type Organization = z.infer<typeof Organization>;

export const RatesUpdate = z.strictObject({
  rates: z
    .array(Rate)
    .max(180)
    .refine((rates) => new Set(rates.map((rate) => rate.currency)).size === rates.length, "names a currency twice"),
});
export type RatesUpdate = z.infer<typeof RatesUpdate>;
