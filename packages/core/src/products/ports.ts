import type { Product } from "@shangji/contracts/products/schemas";
import type { DirectoryStore } from "../kit/record.ts";

export type Products = DirectoryStore<Product>;
