import * as routes from "@shangji/contracts/opportunities/routes";
import { found } from "@shangji/core/kit/domain-error";
import { readOnce } from "@shangji/core/kit/read-once";
import { listRestorable } from "@shangji/core/kit/restore-record";
import { listRecords } from "@shangji/core/lists/list-records";
import { createOpportunity } from "@shangji/core/opportunities/create-opportunity";
import { deleteOpportunity } from "@shangji/core/opportunities/delete-opportunity";
import { listTransitions } from "@shangji/core/opportunities/list-transitions";
import { putOpportunity } from "@shangji/core/opportunities/put-opportunity";
import { restoreOpportunity } from "@shangji/core/opportunities/restore-opportunity";
import { transitionOpportunity } from "@shangji/core/opportunities/transition-opportunity";
import { updateOpportunity } from "@shangji/core/opportunities/update-opportunity";
import { batchOperation } from "@shangji/lambda/batch";
import { httpFunction, operation, putOperation } from "@shangji/lambda/http-function";
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
    operation(routes.listDeletedOpportunities, ({ query, after, context, viewer }) => {
      const { opportunities: records, teams } = depsFor(viewer);
      return listRestorable({ query, after }, { records, teams, clock: context.clock });
    }),
    operation(routes.restoreOpportunity, ({ params, expectedVersion, context, viewer }) =>
      restoreOpportunity({ ...params, expectedVersion }, { ...depsFor(viewer), context }),
    ),
    putOperation(routes.putOpportunity, ({ params, body, expectedVersion, context, viewer }) =>
      putOpportunity({ externalId: params, fields: body, expectedVersion }, { ...depsFor(viewer), context }),
    ),
    batchOperation(routes.batchOpportunities, ({ viewer }) => {
      const deps = depsFor(viewer);
      const stores = { ...deps, accounts: readOnce(deps.accounts) };
      return {
        create: (fields, context) => createOpportunity(fields, { ...stores, context }),
        update: ({ id, version, fields }, context) =>
          updateOpportunity({ id, expectedVersion: version, patch: fields }, { ...stores, context }),
        upsert: ({ version, ...put }, context) =>
          putOpportunity({ ...put, expectedVersion: version }, { ...stores, context }),
      };
    }),
  ],
});
