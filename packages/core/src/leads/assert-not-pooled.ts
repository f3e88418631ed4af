import type { Lead } from "@shangji/contracts/leads/schemas";
import { DomainError } from "../kit/domain-error.ts";

/** What waits in a pool is nobody's to change until somebody has claimed it. @throws DomainError `pooled` */
export function assertNotPooled({ status }: Pick<Lead, "status">): void {
  if (status === "pooled") throw new DomainError("pooled", "The lead waits in a pool.");
}
