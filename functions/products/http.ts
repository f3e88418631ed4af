import * as routes from "@shangji/contracts/products/routes";
import { found } from "@shangji/core/kit/domain-error";
import { createProduct } from "@shangji/core/products/create-product";
import { updateProduct } from "@shangji/core/products/update-product";
import { httpFunction, operation } from "@shangji/lambda/http-function";
import { deps, http } from "./wiring.ts";

export const handler = httpFunction({
  ...http,
  operations: [
    operation(routes.createProduct, ({ body, context }) => createProduct(body, { ...deps, context })),
    operation(routes.getProduct, ({ params }) => found(deps.products.get(params.id))),
    operation(routes.listProducts, ({ query, after }) => deps.products.list({ limit: query.limit, after })),
    operation(routes.updateProduct, ({ params, body, expectedVersion, context }) =>
      updateProduct({ ...params, patch: body, expectedVersion }, { ...deps, context }),
    ),
  ],
});
