import type { Clock } from "../kit/context.ts";
import type { Aggregates } from "./ports.ts";

export interface Freshness {
  /** Changes made up to this instant are counted. */
  asOf: string;
  /** How far the counting is behind, to two decimals. */
  lagSeconds: number;
}

/** A heartbeat record passes through the projector once a minute, so silence of a minute is no lag. */
const heartbeatMilliseconds = 60_000;

/**
 * How fresh the aggregates are. It is read before the counters, so that it never promises more than they hold.
 * An empty store is up to date.
 */
export async function freshnessOf(aggregates: Pick<Aggregates, "checkpoint">, clock: Clock): Promise<Freshness> {
  const checkpoint = await aggregates.checkpoint();
  const now = clock.now().getTime();
  if (!checkpoint) return { asOf: new Date(now).toISOString(), lagSeconds: 0 };
  const silence = now - Date.parse(checkpoint.lastRecordAt) - heartbeatMilliseconds;
  const lag = Math.max(0, checkpoint.lagMilliseconds, silence);
  return { asOf: checkpoint.lastRecordAt, lagSeconds: Math.round(lag / 10) / 100 };
}
