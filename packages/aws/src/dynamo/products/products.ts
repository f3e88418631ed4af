import type { Product } from "@shangji/contracts/products/schemas";
import type { Clock } from "@shangji/core/kit/context";
import type { Products } from "@shangji/core/products/ports";
import type { Table } from "../kit/client.ts";
import { directoryStore } from "../kit/directory-store.ts";
import { externalIdValue } from "../kit/external-id.ts";
import type { RecordShape } from "../kit/record-store.ts";

/**
 * The product catalogue, kept together as a directory.
 * - one by id: GetItem, 1 RCU
 * - all: Query of one partition, cached 30 s
 * - by code or external id: GetItem of the unique value
 */
export const productShape: RecordShape<Product> = {
  kind: "product",
  key: "directory",
  attributes: {
    name: "string",
    code: "string",
    family: "string",
    listPriceMinor: "number",
    currency: "string",
    active: "boolean",
    externalId: "any",
  },
  uniques: (product) => [
    ...(product.code ? [{ field: "code", value: product.code.toLowerCase() }] : []),
    ...externalIdValue(product.externalId),
  ],
};

export function productsIn(table: Table, clock: Clock): Products {
  return directoryStore(table, productShape, clock);
}
