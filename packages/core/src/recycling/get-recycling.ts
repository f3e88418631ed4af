import type { AccountRecycling, LeadRecycling } from "@shangji/contracts/recycling/countdown";
import type { Accounts } from "../accounts/ports.ts";
import { found } from "../kit/domain-error.ts";
import type { RecordStore } from "../kit/record.ts";
import type { Leads } from "../leads/ports.ts";
import type { Countdowns } from "./ports.ts";

interface ShowDeps {
  countdowns: Pick<Countdowns<never>, "countdownOf">;
  hidden: ReadonlySet<string>;
}

/** The countdown of a lead, for who may read the lead. @throws DomainError `not_found` */
export async function getLeadRecycling(
  { id }: { id: string },
  { leads, ...deps }: ShowDeps & { leads: Pick<Leads, "get"> },
): Promise<LeadRecycling> {
  return { leadId: id, recycling: await shown(id, leads, deps) };
}

/** The countdown of an account, for who may read the account. @throws DomainError `not_found` */
export async function getAccountRecycling(
  { id }: { id: string },
  { accounts, ...deps }: ShowDeps & { accounts: Pick<Accounts, "get"> },
): Promise<AccountRecycling> {
  return { accountId: id, recycling: await shown(id, accounts, deps) };
}

/**
 * Which rule holds may tell of the fields that rules look at, so whoever has any field hidden is told when and why alone; and
 * whoever may not see when the contract ends is not told that it is why.
 */
async function shown(
  id: string,
  records: Pick<RecordStore<unknown>, "get">,
  { countdowns, hidden }: ShowDeps,
): Promise<LeadRecycling["recycling"]> {
  const [, countdown] = await Promise.all([found(records.get(id)), countdowns.countdownOf(id)]);
  if (!countdown) return undefined;
  const { state, ownerId, ownedSince, touchedAt, recycleAt, poolId, warned, recycledAt, next } = countdown;
  const isTold = countdown.because?.since !== "contractEnd" || !hidden.has("contractEndsOn");
  const because = isTold ? countdown.because : undefined;
  return {
    ...{ state, ownerId, ownedSince, touchedAt, recycleAt, poolId, because, warned, recycledAt },
    ...(hidden.size > 0 ? {} : { ruleId: countdown.ruleId }),
    ...(next ? { next: { step: next.step, at: next.dueAt } } : {}),
  };
}
