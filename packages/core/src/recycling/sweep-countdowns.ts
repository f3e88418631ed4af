import type { Account } from "@shangji/contracts/accounts/schemas";
import type { Lead } from "@shangji/contracts/leads/schemas";
import { entityOf } from "../kit/ids.ts";
import type { TimerLanes } from "../timers/ports.ts";
import { sweepTimers } from "../timers/sweep-timers.ts";
import { type AdvanceDeps, type AdvanceOutcome, advanceCountdown } from "./advance-countdown.ts";
import type { Recyclable, RecycledRecords } from "./recycled-kind.ts";
import { loadRecyclingWorld, type RecyclingWorldDeps } from "./recycling-world.ts";

type KindDeps<T> = AdvanceDeps<T> & RecyclingWorldDeps<T>;

export interface SweepCountdownsDeps extends Omit<KindDeps<unknown>, keyof RecycledRecords<unknown>> {
  recycled: { lead: RecycledRecords<Lead>; account: RecycledRecords<Account> };
  /** Of both. */
  timers: Pick<TimerLanes, "due">;
}

/** Gives the warnings that are due and recycles what is due. It may run twice and beside itself. @throws AggregateError as `sweepTimers` does */
export async function sweepCountdowns(deps: SweepCountdownsDeps): Promise<Partial<Record<AdvanceOutcome, number>>> {
  const { recycled, timers, clock } = deps;
  const now = clock.now();
  const [lead, account] = await Promise.all([
    advancing<Lead>({ ...deps, ...recycled.lead }),
    advancing<Account>({ ...deps, ...recycled.account }),
  ]);
  return sweepTimers(timers, { clock, now }, (id) => (entityOf(id) === "account" ? account(id) : lead(id)));
}

async function advancing<T extends Recyclable>(deps: KindDeps<T>): Promise<(id: string) => Promise<AdvanceOutcome>> {
  const world = await loadRecyclingWorld(deps);
  return (id) => advanceCountdown(id, world, deps);
}
