import type { Route } from "./route.ts";

export const idempotencyKeyHeader = "Idempotency-Key";

/** Says of an answer that it is the first one once more. */
export const idempotencyReplayedHeader = "Idempotency-Replayed";

/** How long a key stands for its first answer. */
export const idempotencyKeptSeconds = 24 * 60 * 60;

/**
 * Whether a key means something for an operation; the other methods are repeatable as they are, or name a version. A key belongs
 * to its caller, and public operations have none; what only asks has no effect to repeat.
 */
export function takesIdempotencyKey({ method, isPublic, asks }: Pick<Route, "method" | "isPublic" | "asks">): boolean {
  return method === "POST" && !isPublic && !asks;
}
