import type { ExternalId } from "@shangji/contracts/kit/primitives";
import { NewProduct, type Product, type ProductPatch } from "@shangji/contracts/products/schemas";
import { externalIdValue } from "../kit/external-id.ts";
import { newFields, type PutRecord, putByExternalId } from "../kit/put-by-external-id.ts";
import { revise } from "../kit/revise.ts";
import { createProduct } from "./create-product.ts";
import type { ProductDeps } from "./ports.ts";

export interface ProductPut {
  externalId: ExternalId;
  fields: ProductPatch;
  expectedVersion?: number | undefined;
}

/** Adds the product of another system, or gives it these fields. @throws DomainError as `createProduct` and `updateProduct` do */
export async function putProduct(
  { externalId, fields, expectedVersion }: ProductPut,
  deps: ProductDeps,
): Promise<PutRecord<Product>> {
  const { products, context } = deps;
  return putByExternalId<Product, ProductPatch>({
    fields,
    expectedVersion,
    find: () => products.getByUnique(externalIdValue(externalId)),
    create: () => createProduct(newFields(NewProduct, { ...fields, externalId }), deps),
    async change(before, changed) {
      const after = revise(before, changed, { context, command: "putProduct" });
      await products.update(before, after, context.claim);
      return after;
    },
  });
}
