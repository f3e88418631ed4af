import {
  type AttributeValue,
  ConditionalCheckFailedException,
  TransactionCanceledException,
  TransactionConflictException,
} from "@aws-sdk/client-dynamodb";
import { DomainError } from "@shangji/core/kit/domain-error";
import { type TakenValue, ValueTaken } from "@shangji/core/kit/value-taken";
import { fieldOfUnique } from "./unique-values.ts";

/** Reasons for which a claim cannot be taken: it is taken, or is being taken at this moment. */
const claimed = ["ConditionalCheckFailed", "TransactionConflict"];

/**
 * Turns a refused condition into a domain error; anything else stays what it is. The first `records` items of a transaction
 * are the records, and the one at `claimAt` is the claim of an idempotency key.
 */
export function refusalOf(
  error: unknown,
  { records = 1, claimAt }: { records?: number; claimAt?: number | undefined } = {},
): unknown {
  if (error instanceof ConditionalCheckFailedException) return changedMeanwhile(error);
  // A single write meets a transaction that holds its item.
  if (error instanceof TransactionConflictException) return changedMeanwhile(error);
  if (!(error instanceof TransactionCanceledException)) return error;
  const reasons = error.CancellationReasons ?? [];
  const codes = reasons.map((reason) => reason.Code);
  if (claimAt !== undefined && claimed.includes(codes[claimAt] ?? "")) {
    return new DomainError("idempotency_in_progress", "Another request with this key came first.", { cause: error });
  }
  if (codes.slice(0, records).includes("ConditionalCheckFailed")) return changedMeanwhile(error);
  if (codes.includes("ConditionalCheckFailed")) {
    const taken = reasons.flatMap(({ Code, Item }) =>
      Code === "ConditionalCheckFailed" && Item ? [takenBy(Item)] : [],
    );
    return new ValueTaken(taken, { cause: error });
  }
  if (codes.includes("TransactionConflict")) return changedMeanwhile(error);
  return error;
}

/** What the reserving item says, in the low-level form that refusals have. */
function takenBy({ pk, recordId }: Record<string, AttributeValue>): TakenValue {
  return { field: fieldOfUnique(pk?.S ?? ""), recordId: recordId?.S ?? "" };
}

function changedMeanwhile(cause: unknown): DomainError {
  return new DomainError("conflict", "The record was changed at the same time.", { cause });
}
