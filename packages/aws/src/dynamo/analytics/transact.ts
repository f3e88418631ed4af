import { TransactionCanceledException } from "@aws-sdk/client-dynamodb";
import { TransactWriteCommand, type TransactWriteCommandInput } from "@aws-sdk/lib-dynamodb";
import type { Table } from "../kit/client.ts";

export type TransactionItem = NonNullable<TransactWriteCommandInput["TransactItems"]>[number];

/**
 * What became of a transaction:
 * - `committed`
 * - `refused`: a condition did not hold; nothing was written
 * - `contended`: another writer held an item, or the table was throttled; nothing was written
 * - `oversized`: an item would have grown beyond 400 KB; nothing was written
 * - `unknown`: no answer; it may have been written or not
 */
export type Outcome =
  | { kind: "committed" | "refused" }
  | { kind: "contended" | "oversized" | "unknown"; cause: unknown };

/** Writes all or nothing. Anything that is no matter of time or state (no permission, no table) is thrown. */
export async function transact(table: Table, items: TransactionItem[]): Promise<Outcome> {
  try {
    await table.client.send(new TransactWriteCommand({ TransactItems: items }));
    return { kind: "committed" };
  } catch (error) {
    return outcomeOf(error);
  }
}

/** What to throw when the outcome is final. */
export function causeOf(outcome: Outcome): unknown {
  return "cause" in outcome ? outcome.cause : new Error("another worker was first, time and again");
}

const contention = new Set(["TransactionConflict", "ThrottlingError", "ProvisionedThroughputExceeded"]);
const notWritten = new Set([
  "ThrottlingException",
  "ProvisionedThroughputExceededException",
  "RequestLimitExceeded",
  "TransactionInProgressException",
]);

function outcomeOf(cause: unknown): Outcome {
  if (cause instanceof TransactionCanceledException) return cancelled(cause);
  if (!(cause instanceof Error)) throw cause;
  if (notWritten.has(cause.name)) return { kind: "contended", cause };
  if (hasNoAnswer(cause)) return { kind: "unknown", cause };
  throw cause;
}

function cancelled(cause: TransactionCanceledException): Outcome {
  const reasons = cause.CancellationReasons ?? [];
  const codes = reasons.map((reason) => reason.Code ?? "");
  if (codes.includes("ConditionalCheckFailed")) return { kind: "refused" };
  if (reasons.some(({ Code, Message }) => Code === "ValidationError" && /size/i.test(Message ?? ""))) {
    return { kind: "oversized", cause };
  }
  if (codes.some((code) => contention.has(code))) return { kind: "contended", cause };
  throw cause;
}

/** A server error, or none at all: the connection broke or took too long. */
function hasNoAnswer(error: Error): boolean {
  const { httpStatusCode } = (error as { $metadata?: { httpStatusCode?: number } }).$metadata ?? {}; // as the SDK sets it
  return httpStatusCode === undefined ? !("$fault" in error && error.$fault === "client") : httpStatusCode >= 500;
}
