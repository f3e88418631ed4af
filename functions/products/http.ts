import * as routes from "@shangji/contracts/products/routes";
import { found } from "@shangji/core/kit/domain-error";
import { createProduct } from "@shangji/core/products/create-product";
import { putProduct } from "@shangji/core/products/put-product";
import { updateProduct } from "@shangji/core/products/update-product";
import { batchOperation } from "@shangji/lambda/batch";
import { httpFunction, operation, putOperation } from "@shangji/lambda/http-function";
import { depsFor, http } from "./wiring.ts";

export const handler = httpFunction({
  ...http,
  operations: [
    operation(routes.createProduct, ({ body, context, viewer }) =>
      createProduct(body, { ...depsFor(viewer), context }),
    ),
    operation(routes.getProduct, ({ params, viewer }) => found(depsFor(viewer).products.get(params.id))),
    operation(routes.listProducts, ({ query, after, viewer }) =>
      depsFor(viewer).products.list({ limit: query.limit, after }),
    ),
    operation(routes.updateProduct, ({ params, body, expectedVersion, context, viewer }) =>
      updateProduct({ ...params, patch: body, expectedVersion }, { ...depsFor(viewer), context }),
    ),
    putOperation(routes.putProduct, ({ params, body, expectedVersion, context, viewer }) =>
      putProduct({ externalId: params, fields: body, expectedVersion }, { ...depsFor(viewer), context }),
    ),
    batchOperation(routes.batchProducts, ({ viewer }) => {
      const stores = depsFor(viewer);
      return {
        create: (fields, context) => createProduct(fields, { ...stores, context }),
        update: ({ id, version, fields }, context) =>
          updateProduct({ id, expectedVersion: version, patch: fields }, { ...stores, context }),
        upsert: ({ version, ...put }, context) =>
          putProduct({ ...put, expectedVersion: version }, { ...stores, context }),
      };
    }),
  ],
});
