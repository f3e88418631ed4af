import { InternalServerError, ThrottlingException, TransactionCanceledException } from "@aws-sdk/client-dynamodb";
import { describe, expect, it } from "vitest";
import type { Table } from "../kit/client.ts";
import { transact } from "./transact.ts";

const named = (name: string, more: object = {}) => Object.assign(new Error(name), { name, ...more });
const cancelled = (...reasons: { Code?: string; Message?: string }[]) =>
  new TransactionCanceledException({ message: "cancelled", $metadata: {}, CancellationReasons: reasons });

function outcomeOf(error: unknown) {
  // Nothing but `send` is called.
  const table = { name: "t", client: { send: () => Promise.reject(error) } } as unknown as Table;
  return transact(table, []);
}

describe("the outcome of a transaction", () => {
  it.each([
    ["refused", cancelled({ Code: "None" }, { Code: "ConditionalCheckFailed" }, { Code: "TransactionConflict" })],
    ["contended", cancelled({ Code: "None" }, { Code: "TransactionConflict" })],
    ["contended", cancelled({ Code: "ThrottlingError" })],
    ["contended", new ThrottlingException({ message: "slow down", $metadata: { httpStatusCode: 400 } })],
    [
      "oversized",
      cancelled({ Code: "ValidationError", Message: "Item size to update has exceeded the maximum allowed size" }),
    ],
    ["unknown", new InternalServerError({ message: "oops", $metadata: { httpStatusCode: 500 } })],
    ["unknown", named("TimeoutError")],
    ["unknown", named("Error", { code: "ECONNRESET" })],
  ])("is %s for %s", async (kind, error) => {
    expect(await outcomeOf(error)).toMatchObject({ kind });
  });

  it.each([
    named("AccessDeniedException", { $fault: "client", $metadata: { httpStatusCode: 400 } }),
    named("ResourceNotFoundException", { $fault: "client", $metadata: { httpStatusCode: 400 } }),
    cancelled({ Code: "ValidationError", Message: "The provided expression refers to an invalid attribute" }),
  ])("is thrown when no repetition would help: %s", async (error) => {
    await expect(outcomeOf(error)).rejects.toBe(error);
  });
});
