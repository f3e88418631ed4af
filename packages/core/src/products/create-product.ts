import type { NewProduct, Product } from "@shangji/contracts/products/schemas";
import { newRecord } from "../kit/new-record.ts";
import type { Stored } from "../kit/record.ts";
import type { ProductDeps } from "./ports.ts";

/** Adds a product to the catalogue. @throws DomainError `duplicate_value` */
export async function createProduct(input: NewProduct, deps: ProductDeps): Promise<Stored<Product>> {
  const stamp = { context: deps.context, command: "createProduct" };
  const product = newRecord<Product>("product", { ...input, active: input.active ?? true }, stamp);
  await deps.products.create(product, deps.context.claim);
  return product;
}
