import * as routes from "@shangji/contracts/pools/routes";
import { claimLead } from "@shangji/core/pools/claim-lead";
import { createPool } from "@shangji/core/pools/create-pool";
import { assignPooledLead, removePooledLead } from "@shangji/core/pools/give-pooled-lead";
import { listPooledLeads, listPools } from "@shangji/core/pools/list-pooled-leads";
import { poolFor, poolRunBy } from "@shangji/core/pools/part-in-pool";
import { poolHealth } from "@shangji/core/pools/pool-health";
import { returnLead } from "@shangji/core/pools/return-lead";
import { deletePool, updatePool } from "@shangji/core/pools/update-pool";
import { httpFunction, operation } from "@shangji/lambda/http-function";
import { listedOperation } from "@shangji/lambda/listed-operation";
import { deps, http } from "./wiring.ts";

export const handler = httpFunction({
  ...http,
  operations: [
    operation(routes.createPool, ({ body, context }) => createPool(body, { ...deps, context })),
    operation(routes.getPool, ({ params, viewer }) => poolFor(params.id, { ...deps, viewer })),
    operation(routes.listPools, ({ viewer }) => listPools({ ...deps, viewer })),
    operation(routes.updatePool, ({ params, body, expectedVersion, context }) =>
      updatePool({ ...params, patch: body, expectedVersion }, { ...deps, context }),
    ),
    operation(routes.deletePool, ({ params, expectedVersion, context }) =>
      deletePool({ ...params, expectedVersion }, { ...deps, context }),
    ),
    operation(routes.listPooledLeads, ({ params, query, after, viewer }) =>
      listPooledLeads({ poolId: params.id, page: { limit: query.limit, after } }, { ...deps, viewer }),
    ),
    listedOperation(routes.claimLeads, async ({ params, viewer }) => {
      const { id: poolId } = await poolFor(params.id, { ...deps, viewer });
      return (leadId, context) => claimLead({ leadId, poolId }, { ...deps, viewer, context });
    }),
    listedOperation(routes.assignPooledLeads, async ({ params, body, viewer }) => {
      const { id: poolId } = await poolRunBy(params.id, { ...deps, viewer });
      const { ownerId } = body;
      return (leadId, context) => assignPooledLead({ leadId, poolId, ownerId }, { ...deps, viewer, context });
    }),
    listedOperation(routes.removePooledLeads, async ({ params, body, viewer }) => {
      const { id: poolId } = await poolRunBy(params.id, { ...deps, viewer });
      const { ownerId } = body;
      return (leadId, context) => removePooledLead({ leadId, poolId, ownerId }, { ...deps, viewer, context });
    }),
    operation(routes.returnLead, ({ params, body, expectedVersion, context, viewer }) =>
      returnLead({ ...params, expectedVersion, request: body }, { ...deps, viewer, context }),
    ),
    operation(routes.getPoolHealth, ({ params, context, viewer }) =>
      poolHealth(params, { ...deps, viewer, clock: context.clock }),
    ),
  ],
});
