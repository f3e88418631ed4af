import type { Clock } from "../kit/context.ts";
import type { BudgetStore, Budgets, BudgetWindow, Standing } from "./ports.ts";

/** A process takes a budget in so many slices, so a caller costs so many writes a minute at the most. */
const slices = 50;
/** A process forgets its slices beyond this many callers; what it had of them is lost until the minute is over. */
const mostCallers = 1_000;
const minuteMs = 60_000;

/** What this process has of one caller's minute. */
interface Share {
  minute: number;
  left: number;
  /** Requests that nobody had reserved when this process asked last; it can only become less. */
  unreserved: number;
  reserving?: Promise<void>;
}

/**
 * Budgets for each minute of the clock that are kept by many processes at nearly no cost: each reserves a fiftieth of a
 * budget by one write and then counts in memory, and a budget that is spent is refused from memory until the minute is over.
 * The price: what a process has reserved and does not use is lost to the others for that minute, so a caller whose requests
 * are spread over many processes may be refused a little early. It is never granted more than its limit.
 */
export function slicedBudgets(store: BudgetStore, clock: Clock): Budgets {
  const shares = new Map<string, Share>();

  function shareOf(callerId: string, minute: number, limit: number): Share {
    const known = shares.get(callerId);
    if (known?.minute === minute) return known;
    if (!known && shares.size >= mostCallers) shares.clear();
    const share = { minute, left: 0, unreserved: limit };
    shares.set(callerId, share);
    return share;
  }

  async function reserve(share: Share, window: BudgetWindow, needed: number): Promise<void> {
    const wanted = Math.max(Math.ceil(window.limit / slices), needed);
    const { granted, reserved } = await store.reserve(window, { wanted, needed });
    share.left += granted;
    share.unreserved = Math.max(0, window.limit - reserved);
  }

  return {
    async charge({ callerId, limit }, weight) {
      const now = clock.now().getTime();
      const minute = Math.floor(now / minuteMs);
      const share = shareOf(callerId, minute, limit);
      const standing = (isGranted: boolean): Standing => ({
        isGranted,
        limit,
        remaining: share.left + share.unreserved,
        resetSeconds: Math.ceil(((minute + 1) * minuteMs - now) / 1000),
      });
      for (;;) {
        if (share.left >= weight) {
          share.left -= weight;
          return standing(true);
        }
        const needed = weight - share.left;
        if (needed > share.unreserved) return standing(false);
        // Requests that meet here share one reservation.
        share.reserving ??= reserve(share, { callerId, minute, limit }, needed).finally(() => {
          delete share.reserving;
        });
        await share.reserving;
      }
    },
  };
}
