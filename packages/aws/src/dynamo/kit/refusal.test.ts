import {
  ConditionalCheckFailedException,
  TransactionCanceledException,
  TransactionConflictException,
} from "@aws-sdk/client-dynamodb";
import { expect, test } from "vitest";
import { refusalOf } from "./refusal.ts";

const about = { message: "", $metadata: {} };

function cancelled(...codes: string[]) {
  return new TransactionCanceledException({ ...about, CancellationReasons: codes.map((Code) => ({ Code })) });
}

const failed = "ConditionalCheckFailed";
const busy = "TransactionConflict";

test.each([
  ["a single write of another version", new ConditionalCheckFailedException(about), "conflict"],
  ["a single write during a transaction", new TransactionConflictException(about), "conflict"],
  ["a record of another version", cancelled(failed, "None"), "conflict"],
  ["a record in another transaction", cancelled(busy, "None"), "conflict"],
  ["a unique value that is taken", cancelled("None", failed), "duplicate_value"],
])("%s is refused with its code", (_name, error, code) => {
  expect(refusalOf(error)).toMatchObject({ code, cause: error });
});

test.each([
  ["taken", cancelled("None", "None", failed), "idempotency_in_progress"],
  ["being taken", cancelled("None", "None", busy), "idempotency_in_progress"],
  ["taken by the write that has changed the record too", cancelled(failed, "None", failed), "idempotency_in_progress"],
  ["free, but the record has changed", cancelled(failed, "None", "None"), "conflict"],
  ["free, but a unique value is taken", cancelled("None", failed, "None"), "duplicate_value"],
])("a claim at the end is %s", (_name, error, code) => {
  expect(refusalOf(error, { claimAt: 2 })).toMatchObject({ code });
});

test("each of several records may be the one that was changed", () => {
  expect(refusalOf(cancelled("None", failed, "None"), { records: 2 })).toMatchObject({ code: "conflict" });
  expect(refusalOf(cancelled("None", "None", failed), { records: 2 })).toMatchObject({ code: "duplicate_value" });
});

test("what no condition has refused stays what it is", () => {
  const throttled = cancelled("ThrottlingError", "None");
  const unknown = new Error("no answer");
  expect(refusalOf(throttled, { claimAt: 1 })).toBe(throttled);
  expect(refusalOf(unknown)).toBe(unknown);
});
