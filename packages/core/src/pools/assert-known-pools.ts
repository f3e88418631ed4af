import { DomainError, type FieldError } from "../kit/domain-error.ts";
import type { Pools } from "./ports.ts";

/** @throws DomainError `unknown_reference` naming each pool that is not there by its place */
export async function assertKnownPools(
  named: readonly { poolId: string | undefined; pointer: string }[],
  { pools, message }: { pools: Pick<Pools, "all">; message: string },
): Promise<void> {
  const known = new Set((await pools.all()).map(({ id }) => id));
  const errors = named.flatMap(({ poolId, pointer }): FieldError[] =>
    poolId === undefined || known.has(poolId) ? [] : [{ pointer, message: "refers to a record that does not exist" }],
  );
  if (errors.length > 0) throw new DomainError("unknown_reference", message, { errors });
}
