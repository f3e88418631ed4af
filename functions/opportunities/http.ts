import * as routes from "@shangji/contracts/opportunities/routes";
import { found } from "@shangji/core/kit/domain-error";
import { listRecords } from "@shangji/core/lists/list-records";
import { createOpportunity } from "@shangji/core/opportunities/create-opportunity";
import { deleteOpportunity } from "@shangji/core/opportunities/delete-opportunity";
import { listTransitions } from "@shangji/core/opportunities/list-transitions";
import { transitionOpportunity } from "@shangji/core/opportunities/transition-opportunity";
import { updateOpportunity } from "@shangji/core/opportunities/update-opportunity";
import { httpFunction, operation } from "@shangji/lambda/http-function";
import { depsFor, http, listDepsFor } from "./wiring.ts";

export const handler = httpFunction({
  ...http,
  operations: [
    operation(routes.createOpportunity, ({ body, context, viewer }) =>
      createOpportunity(body, { ...depsFor(viewer), context }),
    ),
    operation(routes.getOpportunity, ({ params, viewer }) => found(depsFor(viewer).opportunities.get(params.id))),
    operation(routes.listOpportunities, ({ query, after, viewer }) =>
      listRecords({ query, after }, listDepsFor(viewer)),
    ),
    operation(routes.updateOpportunity, ({ params, body, expectedVersion, context, viewer }) =>
      updateOpportunity({ ...params, patch: body, expectedVersion }, { ...depsFor(viewer), context }),
    ),
    operation(routes.deleteOpportunity, ({ params, expectedVersion, context, viewer }) =>
      deleteOpportunity({ ...params, expectedVersion }, { ...depsFor(viewer), context }),
    ),
    operation(routes.listTransitions, ({ params, viewer }) => listTransitions(params, depsFor(viewer))),
    operation(routes.transitionOpportunity, ({ params, body, expectedVersion, context, viewer }) =>
      transitionOpportunity({ ...params, request: body, expectedVersion }, { ...depsFor(viewer), context }),
    ),
  ],
});
