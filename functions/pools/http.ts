import * as routes from "@shangji/contracts/pools/routes";
import { claimRecord } from "@shangji/core/pools/claim-record";
import { createPool } from "@shangji/core/pools/create-pool";
import { assignPooled, removePooled } from "@shangji/core/pools/give-pooled-record";
import { listPooled, listPools } from "@shangji/core/pools/list-pooled-records";
import { poolFor, poolRunBy } from "@shangji/core/pools/part-in-pool";
import { poolHealth } from "@shangji/core/pools/pool-health";
import type { Poolable } from "@shangji/core/pools/pooled-kind";
import type { PoolMoveDeps } from "@shangji/core/pools/ports";
import { returnRecord } from "@shangji/core/pools/return-record";
import { deletePool, updatePool } from "@shangji/core/pools/update-pool";
import { httpFunction, operation } from "@shangji/lambda/http-function";
import { listedOperation, type OfEach } from "@shangji/lambda/listed-operation";
import type { Call } from "@shangji/lambda/operation";
import { accounts, deps, http, leads } from "./wiring.ts";

type Moves<T> = Omit<PoolMoveDeps<T>, "viewer" | "context">;
type PoolCall<B> = Pick<Call<{ id: string }, undefined, B>, "params" | "body" | "viewer">;

/** What is done with each record of a call is the same for each kind of record. */
const claims = async <T extends Poolable>({ params, viewer }: PoolCall<unknown>, stores: Moves<T>): Promise<OfEach> => {
  const { id: poolId } = await poolFor(params.id, { ...stores, viewer });
  return (id, context) => claimRecord({ id, poolId }, { ...stores, viewer, context });
};
const assignments = async <T extends Poolable>(
  { params, body, viewer }: PoolCall<{ ownerId: string }>,
  stores: Moves<T>,
): Promise<OfEach> => {
  const { id: poolId } = await poolRunBy(params.id, { ...stores, viewer });
  const { ownerId } = body;
  return (id, context) => assignPooled({ id, poolId, ownerId }, { ...stores, viewer, context });
};
const removals = async <T extends Poolable>(
  { params, body, viewer }: PoolCall<{ ownerId?: string | undefined }>,
  stores: Moves<T>,
): Promise<OfEach> => {
  const { id: poolId } = await poolRunBy(params.id, { ...stores, viewer });
  const { ownerId } = body;
  return (id, context) => removePooled({ id, poolId, ownerId }, { ...stores, viewer, context });
};

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
      listPooled({ poolId: params.id, page: { limit: query.limit, after } }, { ...leads, viewer }),
    ),
    operation(routes.listPooledAccounts, ({ params, query, after, viewer }) =>
      listPooled({ poolId: params.id, page: { limit: query.limit, after } }, { ...accounts, viewer }),
    ),
    listedOperation(routes.claimLeads, (call) => claims(call, leads)),
    listedOperation(routes.claimAccounts, (call) => claims(call, accounts)),
    listedOperation(routes.assignPooledLeads, (call) => assignments(call, leads)),
    listedOperation(routes.assignPooledAccounts, (call) => assignments(call, accounts)),
    listedOperation(routes.removePooledLeads, (call) => removals(call, leads)),
    listedOperation(routes.removePooledAccounts, (call) => removals(call, accounts)),
    operation(routes.returnLead, ({ params, body, expectedVersion, context, viewer }) =>
      returnRecord({ ...params, expectedVersion, request: body }, { ...leads, viewer, context }),
    ),
    operation(routes.returnAccount, ({ params, body, expectedVersion, context, viewer }) =>
      returnRecord({ ...params, expectedVersion, request: body }, { ...accounts, viewer, context }),
    ),
    operation(routes.getPoolHealth, ({ params, context, viewer }) =>
      poolHealth(params, { ...deps, viewer, clock: context.clock }),
    ),
  ],
});
