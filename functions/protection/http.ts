import * as routes from "@shangji/contracts/protection/routes";
import { createDataSubjectRequest } from "@shangji/core/protection/create-request";
import { findSubjects } from "@shangji/core/protection/find-subjects";
import { getDataSubjectRequest } from "@shangji/core/protection/get-request";
import { httpFunction, operation } from "@shangji/lambda/http-function";
import { deps, http } from "./wiring.ts";

export const handler = httpFunction({
  ...http,
  operations: [
    operation(routes.findDataSubjects, ({ query }) => findSubjects(query, deps)),
    operation(routes.createDataSubjectRequest, ({ body, context }) =>
      createDataSubjectRequest(body, { ...deps, context }),
    ),
    operation(routes.getDataSubjectRequest, ({ params }) => getDataSubjectRequest(params, deps)),
    operation(routes.listDataSubjectRequests, ({ query, after }) => deps.requests.list({ limit: query.limit, after })),
  ],
});
