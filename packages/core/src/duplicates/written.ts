import type { Duplicate } from "@shangji/contracts/duplicates/schemas";
import type { IdempotencyClaim } from "../kit/idempotency.ts";
import type { Checked } from "./check-duplicates.ts";

/** A record as it has been written, with what it looks like a duplicate of. */
export type Written<T> = T & { duplicates?: Duplicate[] };

/** Writes a record that has been checked, and answers it with its likely duplicates; a repeat of the call gets the same ones. */
export async function written<T extends object>(
  record: T,
  { duplicates }: Checked,
  write: (claim: IdempotencyClaim | undefined) => Promise<void>,
  claim?: IdempotencyClaim,
): Promise<Written<T>> {
  const besides = duplicates.length > 0 ? { duplicates } : {};
  await write(claim && { ...claim, besides });
  return { ...record, ...besides };
}
