import * as routes from "@shangji/contracts/opportunities/routes";
import { found } from "@shangji/core/kit/domain-error";
import { createOpportunity } from "@shangji/core/opportunities/create-opportunity";
import { deleteOpportunity } from "@shangji/core/opportunities/delete-opportunity";
import { listOpportunities } from "@shangji/core/opportunities/list-opportunities";
import { listTransitions } from "@shangji/core/opportunities/list-transitions";
import { transitionOpportunity } from "@shangji/core/opportunities/transition-opportunity";
import { updateOpportunity } from "@shangji/core/opportunities/update-opportunity";
import { httpFunction, operation } from "@shangji/lambda/http-function";
import { deps, http } from "./wiring.ts";

export const handler = httpFunction({
  ...http,
  operations: [
    operation(routes.createOpportunity, ({ body, context }) => createOpportunity(body, { ...deps, context })),
    operation(routes.getOpportunity, ({ params }) => found(deps.opportunities.get(params.id))),
    operation(routes.listOpportunities, ({ query, after }) => listOpportunities({ query, after }, deps)),
    operation(routes.updateOpportunity, ({ params, body, expectedVersion, context }) =>
      updateOpportunity({ ...params, patch: body, expectedVersion }, { ...deps, context }),
    ),
    operation(routes.deleteOpportunity, ({ params, expectedVersion, context }) =>
      deleteOpportunity({ ...params, expectedVersion }, { ...deps, context }),
    ),
    operation(routes.listTransitions, ({ params }) => listTransitions(params, deps)),
    operation(routes.transitionOpportunity, ({ params, body, expectedVersion, context }) =>
      transitionOpportunity({ ...params, request: body, expectedVersion }, { ...deps, context }),
    ),
  ],
});
