import * as z from "zod";
import type { Route } from "./route.ts";

export const idempotencyKeyHeader = "Idempotency-Key";

/** Says of an answer that it is the first one once more. */
export const idempotencyReplayedHeader = "Idempotency-Replayed";

/** How long a key stands for its first answer. */
export const idempotencyKeptSeconds = 24 * 60 * 60;

/** What a client may send as its key: printable ASCII, so that it passes every proxy unchanged. */
export const IdempotencyKey = z
  .string()
  .min(1)
  .max(255)
  .regex(/^[ -~]*$/, "must be printable ASCII")
  .meta({ example: "5f1c2a9e-8a0e-4a37-b3d0-6f2f4c1d7c55" });

/** Whether a key means something for an operation; the other methods are repeatable as they are, or name a version. */
export function takesIdempotencyKey({ method }: Pick<Route, "method">): boolean {
  return method === "POST";
}
