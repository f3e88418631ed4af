import { ApiProblem } from "./problem.ts";

export interface RetryOptions {
  /** How often a call is made again that may succeed then. @default 4; with 0 a POST gets no key of its own either */
  retries?: number;
  /** A call is not made again when it would have to wait longer. @default 60 */
  longestWaitSeconds?: number;
  /** @default waits on the clock */
  pause?: (milliseconds: number) => Promise<void>;
  /** Numbers from 0 to 1. @default Math.random */
  random?: () => number;
}

/** What tells whether a call may be made twice. */
export interface Repeatable {
  method: string;
  idempotencyKey?: string | undefined;
  ifMatch?: number | undefined;
}

/** Of the gateway: it has not reached the API, or has not heard from it in time. */
const unheard = new Set([502, 503, 504]);
const firstWaitMs = 250;

/**
 * Makes a call again as long as that may help and cannot do harm. What the API says it has not done may always be repeated;
 * what nobody knows to be done only if it is the same done twice: a read, a put, a POST with a key. A change with If-Match is
 * not among them, as a second one would be told that the version has moved on.
 */
export async function withRetries<T>(call: Repeatable, options: RetryOptions, attempt: () => Promise<T>): Promise<T> {
  const { retries = 4, longestWaitSeconds = 60, pause = wait, random = Math.random } = options;
  for (let round = 0; ; round++) {
    try {
      return await attempt();
    } catch (error) {
      const milliseconds = waitFor(error, round, random());
      if (round >= retries || !mayRepeat(error, call) || milliseconds > longestWaitSeconds * 1000) throw error;
      await pause(milliseconds);
    }
  }
}

function mayRepeat(error: unknown, call: Repeatable): boolean {
  const isSafe = call.method === "GET" || call.idempotencyKey !== undefined;
  const isSameTwice = isSafe || (call.method === "PUT" && call.ifMatch === undefined);
  // fetch tells of a broken connection by a TypeError.
  if (!(error instanceof ApiProblem)) return error instanceof TypeError && isSameTwice;
  const { status, code } = error;
  if (status === 429 || code === "unavailable" || code === "idempotency_in_progress") return true;
  return unheard.has(status) && isSameTwice;
}

/** As long as the API says, and a little more so that not all come back at once; else twice as long each time, at most. */
function waitFor(error: unknown, round: number, random: number): number {
  const told = error instanceof ApiProblem ? error.retryAfterSeconds : undefined;
  const most = firstWaitMs * 2 ** round;
  return told === undefined ? random * most : told * 1000 + random * Math.max(most, told * 100);
}

const wait = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds));
