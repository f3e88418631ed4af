import type { Product } from "@shangji/contracts/products/schemas";
import type { CallContext } from "../kit/context.ts";
import type { DirectoryStore } from "../kit/record.ts";

export type Products = DirectoryStore<Product>;

export interface ProductDeps {
  products: Products;
  context: CallContext;
}
