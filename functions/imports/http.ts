import * as routes from "@shangji/contracts/imports/routes";
import { createImport } from "@shangji/core/imports/create-import";
import { getImport } from "@shangji/core/imports/get-import";
import { listImports } from "@shangji/core/imports/list-imports";
import { resumeImport } from "@shangji/core/imports/resume-import";
import { httpFunction, operation } from "@shangji/lambda/http-function";
import { deps, http } from "./wiring.ts";

export const handler = httpFunction({
  ...http,
  operations: [
    operation(
      routes.createImport,
      ({ body, context, viewer }) => createImport(body, { ...deps, context, viewer }),
      ({ id }, viewer) => resumeImport({ id }, { ...deps, viewer }),
    ),
    operation(routes.getImport, ({ params, viewer }) => getImport(params, { ...deps, viewer })),
    operation(routes.listImports, ({ query, after, viewer }) =>
      listImports({ limit: query.limit, after }, { ...deps, viewer }),
    ),
  ],
});
