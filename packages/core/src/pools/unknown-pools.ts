import type { PoolEntity } from "@shangji/contracts/pools/schemas";
import type { FieldError } from "../kit/domain-error.ts";
import type { Pools } from "./ports.ts";

/** What is wrong with a list that names pools of one kind: each that is not there, by its place. */
export async function unknownPools(
  named: readonly { poolId: string | undefined; pointer: string }[],
  { pools, entity = "lead" }: { pools: Pick<Pools, "all">; entity?: PoolEntity },
): Promise<FieldError[]> {
  const known = new Set((await pools.all()).filter((pool) => pool.entity === entity).map(({ id }) => id));
  return named.flatMap(({ poolId, pointer }): FieldError[] =>
    poolId === undefined || known.has(poolId) ? [] : [{ pointer, message: "refers to a record that does not exist" }],
  );
}
