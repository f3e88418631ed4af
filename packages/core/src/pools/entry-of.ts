import { DomainError } from "../kit/domain-error.ts";
import type { PoolEntry, PooledKind } from "./pooled-kind.ts";

/** How a record came into this pool. @throws DomainError `not_in_pool` */
export function entryOf<T>(record: T, poolId: string, kind: Pick<PooledKind<T>, "entryIn">): PoolEntry {
  const entry = kind.entryIn(record);
  if (entry?.poolId !== poolId) throw new DomainError("not_in_pool", "");
  return entry;
}
