import * as z from "zod";

/** What a client may send as its key: printable ASCII, so that it passes every proxy unchanged. */
export const IdempotencyKey = z
  .string()
  .min(1)
  .max(255)
  .regex(/^[ -~]*$/, "must be printable ASCII")
  .meta({ example: "5f1c2a9e-8a0e-4a37-b3d0-6f2f4c1d7c55" });
