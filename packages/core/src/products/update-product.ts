import type { Product, ProductPatch } from "@shangji/contracts/products/schemas";
import { type ChangeTarget, readForChange } from "../kit/read-for-change.ts";
import type { Stored } from "../kit/record.ts";
import { revise } from "../kit/revise.ts";
import type { ProductDeps } from "./ports.ts";

/** @throws DomainError `not_found`, `stale_version`, `conflict`, `duplicate_value` */
export async function updateProduct(
  input: ChangeTarget & { patch: ProductPatch },
  deps: ProductDeps,
): Promise<Stored<Product>> {
  const before = await readForChange(deps.products, input);
  const after = revise(before, input.patch, { context: deps.context, command: "updateProduct" });
  await deps.products.update(before, after, deps.context.claim);
  return after;
}
