import { ConditionalCheckFailedException, TransactionCanceledException } from "@aws-sdk/client-dynamodb";

const maximumTries = 10;

/** Reasons of a cancelled transaction that go by themselves. */
const passing = new Set(["TransactionConflict", "ThrottlingError", "ProvisionedThroughputExceeded"]);

export function reasonsOf(error: TransactionCanceledException): string[] {
  return (error.CancellationReasons ?? []).map(({ Code }) => Code ?? "None");
}

export const isRefused = (error: unknown) => error instanceof ConditionalCheckFailedException;

/** Whether a transaction was cancelled for nothing but others' work on the same items or a full table. */
export function isBusy(error: unknown): boolean {
  if (!(error instanceof TransactionCanceledException)) return false;
  const codes = reasonsOf(error).filter((code) => code !== "None");
  return codes.length > 0 && codes.every((code) => passing.has(code));
}

/** Tries a transaction again while others are at the same items; the SDK does so only for throttling. */
export async function retryBusy<T>(send: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await send();
    } catch (error) {
      if (!isBusy(error) || attempt === maximumTries) throw error;
      // Spread out at random, so that those who met do not meet again.
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 2 ** Math.min(attempt, 7) * 5));
    }
  }
}
