import { DomainError } from "../kit/domain-error.ts";
import type { Budgets } from "../limits/ports.ts";

/** Sends a minute: people rarely send a form twice, and offices share an address. */
export const formLimits = { perAddress: 10, perForm: 300 } as const;

/**
 * Counts one send. A budget that cannot be kept takes nothing: a flood is what may make the store slow, and where the store
 * cannot count it could not keep the lead either. @throws DomainError `too_many_requests`, `unavailable`
 */
export async function spend(callerId: string, limit: number, { budgets }: { budgets: Budgets }): Promise<void> {
  const standing = await budgets.charge({ callerId, limit }, 1).catch((cause: unknown) => {
    throw new DomainError("unavailable", "", { cause });
  });
  if (!standing.isGranted) throw new DomainError("too_many_requests", "");
}
