import { DomainError } from "../kit/domain-error.ts";

/** What waits in a pool is nobody's to change until somebody has claimed it. @throws DomainError `pooled` */
export function assertNotPooled({ pool }: { pool?: unknown }): void {
  if (pool) throw new DomainError("pooled", "The account waits in a pool.");
}
