import * as routes from "@shangji/contracts/exports/routes";
import { createExport } from "@shangji/core/exports/create-export";
import { getExport, listExports } from "@shangji/core/exports/get-export";
import { httpFunction, operation } from "@shangji/lambda/http-function";
import { deps, http } from "./wiring.ts";

export const handler = httpFunction({
  ...http,
  operations: [
    operation(routes.createExport, ({ body, context, viewer, language }) =>
      createExport(body, { ...deps, context, viewer, language }),
    ),
    operation(routes.getExport, ({ params, context, viewer }) =>
      getExport(params, { ...deps, viewer, clock: context.clock }),
    ),
    operation(routes.listExports, ({ query, after, viewer }) =>
      listExports({ limit: query.limit, after }, { ...deps, viewer }),
    ),
  ],
});
