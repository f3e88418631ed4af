import type { Pool, PoolPatch } from "@shangji/contracts/pools/schemas";
import { DomainError } from "../kit/domain-error.ts";
import { type ChangeTarget, readForChange } from "../kit/read-for-change.ts";
import type { Stored } from "../kit/record.ts";
import { bury, revise } from "../kit/revise.ts";
import { assertPeopleExist } from "./assert-people-exist.ts";
import type { PoolDeps, PoolFigures } from "./ports.ts";

/** @throws DomainError `not_found`, `stale_version`, `conflict`, `unknown_reference` */
export async function updatePool(input: ChangeTarget & { patch: PoolPatch }, deps: PoolDeps): Promise<Stored<Pool>> {
  const { pools, context } = deps;
  const before = await readForChange(pools, input);
  await assertPeopleExist(input.patch, deps);
  const after = revise(before, input.patch, { context, command: "updatePool" });
  await pools.update(before, after, context.claim);
  return after;
}

/** Deletes a pool that holds nothing. @throws DomainError `not_found`, `stale_version`, `conflict`, `pool_not_empty` */
export async function deletePool(
  input: ChangeTarget,
  { pools, figures, context }: Pick<PoolDeps, "pools" | "context"> & { figures: Pick<PoolFigures, "waiting"> },
): Promise<void> {
  const before = await readForChange(pools, input);
  if ((await figures.waiting(before.id)).size > 0) throw new DomainError("pool_not_empty", "");
  await pools.remove(before, bury(before, context, "deletePool"));
}
