import { defineEvent, previousOf } from "../kit/event.ts";
import { Product } from "./schemas.ts";

export const productCreated = defineEvent("product.created.v1", "A product was added to the catalogue", Product);
export const productUpdated = defineEvent(
  "product.updated.v1",
  "A product was changed or retired",
  Product,
  previousOf(Product),
);
