import type { LocalClock } from "../../clock/local-clock.ts";

/** Longest delay that `setTimeout` takes; a longer wait is cut into pieces. */
const LONGEST_TIMEOUT_MS = 2 ** 31 - 1;

/**
 * Calls `action` once the local clock has reached `dueMs` (epoch milliseconds): as real time passes, or at once when
 * the clock is moved past it. Returns how to cancel. The timer does not keep the process alive.
 */
export function atLocalTime(clock: LocalClock, dueMs: number, action: () => void): () => void {
  let timeout: NodeJS.Timeout | undefined;
  const cancel = (): void => {
    clearTimeout(timeout);
    stopListening();
  };
  const check = (): void => {
    clearTimeout(timeout);
    const leftMs = dueMs - clock.now();
    if (leftMs > 0) {
      timeout = setTimeout(check, Math.min(leftMs, LONGEST_TIMEOUT_MS)).unref();
      return;
    }
    cancel();
    action();
  };
  const stopListening = clock.onMove(check);
  // Never inside the caller's own turn: it does not hold the cancel function yet.
  timeout = setTimeout(check, Math.max(0, Math.min(dueMs - clock.now(), LONGEST_TIMEOUT_MS))).unref();
  return cancel;
}

/** Resolves once the local clock has reached `dueMs`; rejects with the signal's reason when it is aborted before. */
export function untilLocalTime(clock: LocalClock, dueMs: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) {
      reject(signal.reason);
      return;
    }
    const onAbort = (): void => {
      cancel();
      reject(signal.reason);
    };
    const cancel = atLocalTime(clock, dueMs, () => {
      signal.removeEventListener("abort", onAbort);
      resolve();
    });
    signal.addEventListener("abort", onAbort, { once: true });
  });
}
