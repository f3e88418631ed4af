import { type NewPool, type Pool, poolLimits } from "@shangji/contracts/pools/schemas";
import { DomainError } from "../kit/domain-error.ts";
import { newRecord } from "../kit/new-record.ts";
import type { Stored } from "../kit/record.ts";
import { assertPeopleExist } from "./assert-people-exist.ts";
import type { PoolDeps } from "./ports.ts";

/** Makes a pool. @throws DomainError `too_many_pools`, `unknown_reference` */
export async function createPool(input: NewPool, deps: PoolDeps): Promise<Stored<Pool>> {
  const { pools, context } = deps;
  // A few more by admins at the same time do no harm.
  if ((await pools.all()).length >= poolLimits.pools) throw new DomainError("too_many_pools", "");
  await assertPeopleExist(input, deps);
  const pool = newRecord<Pool>("pool", input, { context, command: "createPool" });
  await pools.create(pool, context.claim);
  return pool;
}
