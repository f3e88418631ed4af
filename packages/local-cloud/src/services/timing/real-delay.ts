import { setTimeout as delay } from "node:timers/promises";

/** Waits real milliseconds, or less when the signal is aborted; never rejects, never keeps the process alive. */
export async function realDelay(ms: number, signal: AbortSignal): Promise<void> {
  await delay(ms, undefined, { signal, ref: false }).catch(() => undefined);
}
