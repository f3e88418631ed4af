import * as routes from "@shangji/contracts/imports/routes";
import { createImport } from "@shangji/core/imports/create-import";
import { getImport } from "@shangji/core/imports/get-import";
import { listImports } from "@shangji/core/imports/list-imports";
import { httpFunction, operation } from "@shangji/lambda/http-function";
import { deps, http } from "./wiring.ts";

export const handler = httpFunction({
  ...http,
  operations: [
    operation(routes.createImport, ({ body, viewer, context }) => createImport(body, { ...deps, viewer, context })),
    operation(routes.getImport, ({ params }) => getImport(params, deps)),
    operation(routes.listImports, ({ query, after }) => listImports({ limit: query.limit, after }, deps)),
  ],
});
