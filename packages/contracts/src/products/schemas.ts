import * as z from "zod";
import {
  AmountMinor,
  CurrencyCode,
  ExternalId,
  idOf,
  Line,
  PageQuery,
  pageOf,
  recordFields,
} from "../kit/primitives.ts";

export const Product = z.object({
  id: idOf("product"),
  name: z.string(),
  code: z.string().optional(),
  family: z.string().optional(),
  listPriceMinor: z.int().optional(),
  currency: CurrencyCode.optional(),
  active: z.boolean(),
  externalId: ExternalId.optional(),
  ...recordFields,
});
export type Product = z.infer<typeof Product>;

export const NewProduct = z.strictObject({
  name: Line(160),
  code: Line(60).optional(),
  family: Line(80).optional(),
  listPriceMinor: AmountMinor.optional(),
  currency: CurrencyCode.optional(),
  active: z.boolean().optional().meta({ description: "Default: true" }),
  externalId: ExternalId.optional(),
});
export type NewProduct = z.infer<typeof NewProduct>;

/** A `null` clears the field. */
export const ProductPatch = z.strictObject({
  name: Line(160).optional(),
  code: Line(60).nullable().optional(),
  family: Line(80).nullable().optional(),
  listPriceMinor: AmountMinor.nullable().optional(),
  currency: CurrencyCode.nullable().optional(),
  active: z.boolean().optional(),
});
export type ProductPatch = z.infer<typeof ProductPatch>;

export const ProductPage = pageOf(Product);
export const ProductQuery = z.strictObject(PageQuery);
