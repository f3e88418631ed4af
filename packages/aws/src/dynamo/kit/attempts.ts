/** Waits before a write is tried again; attempts count from 1. */
export type Pause = (attempt: number) => Promise<void>;

/** Attempts at one write before the batch is given back to the stream. */
const maximumAttempts = 12;

/** Pauses before the next attempt at a write. @throws the cause when there were enough of them */
export async function beforeAttempt(
  attempt: number,
  cause: unknown,
  { pause, attempts = maximumAttempts }: { pause: Pause; attempts?: number },
): Promise<void> {
  if (attempt === 0) return;
  if (attempt >= attempts) throw cause;
  await pause(attempt);
}

/** How long is waited before the second attempt, and at most before any. */
export interface PauseLimits {
  firstMilliseconds: number;
  longestMilliseconds: number;
}

const quick: PauseLimits = { firstMilliseconds: 20, longestMilliseconds: 1_000 };

/** Pauses that double up to a limit, each cut by chance, so that writers that met once do not meet again. @default up to a second */
export function jitteredPause(
  random: () => number = Math.random,
  { firstMilliseconds, longestMilliseconds }: PauseLimits = quick,
): Pause {
  return (attempt) => {
    const milliseconds = random() * Math.min(longestMilliseconds, firstMilliseconds * 2 ** attempt);
    return new Promise((resolve) => setTimeout(resolve, milliseconds));
  };
}
