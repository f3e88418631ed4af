import {
  ConditionalCheckFailedException,
  TransactionCanceledException,
  TransactionConflictException,
} from "@aws-sdk/client-dynamodb";
import { DomainError } from "@shangji/core/kit/domain-error";

/** Reasons for which a claim cannot be taken: it is taken, or is being taken at this moment. */
const claimed = ["ConditionalCheckFailed", "TransactionConflict"];

/**
 * Turns a refused condition into a domain error; anything else stays what it is. The first items of a transaction are
 * `records` whose versions are checked, one if nothing else is said, and the one at `claimAt` is the claim of an
 * idempotency key.
 */
export function refusalOf(error: unknown, claimAt?: number, records = 1): unknown {
  if (error instanceof ConditionalCheckFailedException) return changedMeanwhile(error);
  // A single write meets a transaction that holds its item.
  if (error instanceof TransactionConflictException) return changedMeanwhile(error);
  if (!(error instanceof TransactionCanceledException)) return error;
  const codes = (error.CancellationReasons ?? []).map((reason) => reason.Code);
  if (claimAt !== undefined && claimed.includes(codes[claimAt] ?? "")) {
    return new DomainError("idempotency_in_progress", "Another request with this key came first.", { cause: error });
  }
  if (codes.slice(0, records).includes("ConditionalCheckFailed")) return changedMeanwhile(error);
  if (codes.includes("ConditionalCheckFailed")) {
    return new DomainError("duplicate_value", "Another record already has this unique value.", { cause: error });
  }
  if (codes.includes("TransactionConflict")) return changedMeanwhile(error);
  return error;
}

function changedMeanwhile(cause: unknown): DomainError {
  return new DomainError("conflict", "The record was changed at the same time.", { cause });
}
