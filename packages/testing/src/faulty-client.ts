import { ThrottlingException, TransactionCanceledException } from "@aws-sdk/client-dynamodb";
import type { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";

/**
 * What goes wrong with one call:
 * - `crash-before`, `crash-after`: the process ends just before the call takes effect, or just after it
 * - `timeout-before`, `timeout-after`: no answer comes; the call has not taken effect, or it has
 * - `throttle`: refused, nothing written
 * - `conflict`: a transaction is cancelled, as another one holds an item; other calls are throttled
 */
export const faults = [
  "crash-before",
  "crash-after",
  "timeout-before",
  "timeout-after",
  "throttle",
  "conflict",
] as const;
export type Fault = (typeof faults)[number];

/** The process that made the call is gone; none of its later calls arrives. */
export class Crash extends Error {
  override readonly name = "Crash";
}

/** A client whose calls go wrong as `faultOf` says, which is asked once for each call in turn. */
export function faultyClient(client: DynamoDBDocumentClient, faultOf: () => Fault | undefined): DynamoDBDocumentClient {
  let alive = true;
  const send = async (...call: Parameters<DynamoDBDocumentClient["send"]>) => {
    if (!alive) throw new Crash();
    const fault = faultOf();
    if (fault === "throttle" || fault === "conflict") throw refusal(fault, call[0].constructor.name);
    if (fault === "timeout-before") throw timeout();
    if (fault === "crash-before") alive = false;
    const answer = alive ? await client.send(...call) : undefined;
    if (fault === "crash-after") alive = false;
    if (!alive) throw new Crash();
    if (fault === "timeout-after") throw timeout();
    return answer;
  };
  return new Proxy(client, {
    get: (target, property) => (property === "send" ? send : Reflect.get(target, property, target)),
  });
}

function timeout(): Error {
  return Object.assign(new Error("no answer"), { name: "TimeoutError" });
}

function refusal(fault: "throttle" | "conflict", command: string): Error {
  const $metadata = { httpStatusCode: 400 };
  if (fault === "throttle" || !command.startsWith("TransactWrite")) {
    return new ThrottlingException({ message: "slow down", $metadata });
  }
  const CancellationReasons = [{ Code: "None" }, { Code: "TransactionConflict" }];
  return new TransactionCanceledException({ message: "conflict", $metadata, CancellationReasons });
}
