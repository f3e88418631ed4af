import * as z from "zod";
import { defineBatch } from "../kit/batch.ts";
import { ExternalId, idOf } from "../kit/primitives.ts";
import { defineRoute } from "../kit/route.ts";
import { NewProduct, Product, ProductPage, ProductPatch, ProductQuery } from "./schemas.ts";

const params = z.strictObject({ id: idOf("product") });

export const createProduct = defineRoute({
  id: "createProduct",
  domain: "products",
  method: "POST",
  path: "/v1/products",
  summary: "Add a product to the catalogue",
  access: { entity: "product", action: "create" },
  body: NewProduct,
  status: 201,
  response: Product,
  etag: true,
  errors: ["duplicate_value"],
});

export const getProduct = defineRoute({
  id: "getProduct",
  domain: "products",
  method: "GET",
  path: "/v1/products/{id}",
  summary: "Read a product",
  access: { entity: "product", action: "read" },
  params,
  status: 200,
  response: Product,
  etag: true,
  errors: ["not_found"],
});

export const listProducts = defineRoute({
  id: "listProducts",
  domain: "products",
  method: "GET",
  path: "/v1/products",
  summary: "List products by name",
  access: { entity: "product", action: "read" },
  query: ProductQuery,
  status: 200,
  response: ProductPage,
  errors: ["invalid_cursor"],
});

export const updateProduct = defineRoute({
  id: "updateProduct",
  domain: "products",
  method: "PATCH",
  path: "/v1/products/{id}",
  summary: "Change or retire a product",
  access: { entity: "product", action: "update" },
  params,
  body: ProductPatch,
  status: 200,
  response: Product,
  etag: true,
  precondition: "if-match",
  errors: ["not_found", "duplicate_value"],
});

export const putProduct = defineRoute({
  id: "putProduct",
  domain: "products",
  method: "PUT",
  path: "/v1/products/by-external-id/{source}/{id}",
  summary: "Give a product of another system these fields; it is added if it is not there",
  access: { entity: "product", action: "create" },
  orAccess: { entity: "product", action: "update" },
  params: ExternalId,
  body: ProductPatch,
  status: 200,
  response: Product,
  etag: true,
  precondition: "optional-if-match",
  upserts: true,
  errors: ["duplicate_value"],
});

export const batchProducts = defineBatch({
  id: "batchProducts",
  domain: "products",
  entity: "product",
  path: "/v1/products/batch",
  summary: "Add, change or put up to a hundred products, each with a result of its own",
  rows: { create: NewProduct, fields: ProductPatch, upsertFields: ProductPatch },
  rowErrors: ["not_found", "duplicate_value"],
});
