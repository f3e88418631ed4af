import { ConditionalCheckFailedException, TransactionCanceledException } from "@aws-sdk/client-dynamodb";
import { DomainError } from "@shangji/core/kit/domain-error";

/** Turns a refused condition into a domain error; anything else stays what it is. Item 0 of a transaction is the record. */
export function refusalOf(error: unknown): unknown {
  if (error instanceof ConditionalCheckFailedException) return changedMeanwhile(error);
  if (!(error instanceof TransactionCanceledException)) return error;
  const codes = (error.CancellationReasons ?? []).map((reason) => reason.Code);
  if (codes[0] === "ConditionalCheckFailed") return changedMeanwhile(error);
  if (codes.includes("ConditionalCheckFailed")) {
    return new DomainError("duplicate_value", "Another record already has this unique value.", { cause: error });
  }
  if (codes.includes("TransactionConflict")) return changedMeanwhile(error);
  return error;
}

function changedMeanwhile(cause: unknown): DomainError {
  return new DomainError("conflict", "The record was changed at the same time.", { cause });
}
