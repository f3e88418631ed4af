import { createHash } from "node:crypto";
import type { Route } from "@shangji/contracts";
import { idempotencyKeyHeader, takesIdempotencyKey } from "@shangji/contracts/kit/idempotency";
import { IdempotencyKey } from "@shangji/contracts/kit/idempotency-key";
import type { Actor } from "@shangji/core/kit/actor";
import { DomainError } from "@shangji/core/kit/domain-error";
import type { FirstWrite, IdempotencyClaim, TakenClaims } from "@shangji/core/kit/idempotency";
import type { APIGatewayProxyEventV2 } from "aws-lambda";

const header = idempotencyKeyHeader.toLowerCase();

/**
 * The claim of a call that carries an Idempotency-Key; undefined when it carries none, and where a key means nothing.
 * @throws DomainError `invalid_idempotency_key`
 */
export function claimOf(
  route: Route,
  event: APIGatewayProxyEventV2,
  { actor, at }: { actor: Actor; at: Date },
): IdempotencyClaim | undefined {
  const key = event.headers[header];
  if (key === undefined || !takesIdempotencyKey(route)) return undefined;
  if (!IdempotencyKey.safeParse(key).success)
    throw new DomainError("invalid_idempotency_key", "Idempotency-Key must be 1 to 255 printable ASCII characters.");
  // The key comes last: it alone may hold the separator.
  return { key: `${actor.userId}#${route.id}#${key}`, fingerprint: fingerprintOf(route, event), at };
}

function fingerprintOf(route: Route, event: APIGatewayProxyEventV2): string {
  const address = [route.id, sorted(event.pathParameters), sorted(event.queryStringParameters)];
  return createHash("sha256")
    .update(`${JSON.stringify(address)}\n`)
    .update(event.body ?? "", event.isBase64Encoded ? "base64" : "utf8")
    .digest("base64url");
}

function sorted(parameters: Record<string, string | undefined> = {}): [string, string | undefined][] {
  return Object.entries(parameters).sort(([left], [right]) => (left < right ? -1 : 1));
}

/** A call as `answerOnce` runs it. */
export interface OnceCall {
  claim: IdempotencyClaim | undefined;
  claims: TakenClaims;
  /** The operation itself; its write takes the claim. */
  run(): Promise<unknown>;
  /** The answer that follows from the first write. */
  repeat(record: FirstWrite["record"]): Promise<unknown>;
}

/**
 * Runs a call, or answers from the write of the first call with its claim. A refusal may come from that write too, when the two
 * ran side by side (its deal is in the stage already, its unique value is taken), so it stands only if the claim is still free.
 * @throws DomainError `idempotency_key_reused`, and what the operation throws
 */
export async function answerOnce({ claim, claims, run, repeat }: OnceCall) {
  if (!claim) return { output: await run(), isRepeat: false };
  const first = await firstWriteOf(claim, claims);
  if (first) return { output: await repeat(first.record), isRepeat: true };
  try {
    return { output: await run(), isRepeat: false };
  } catch (error) {
    const meanwhile = error instanceof DomainError ? await firstWriteOf(claim, claims) : undefined;
    if (!meanwhile) throw error;
    return { output: await repeat(meanwhile.record), isRepeat: true };
  }
}

async function firstWriteOf(claim: IdempotencyClaim, claims: TakenClaims): Promise<FirstWrite | undefined> {
  const first = await claims.find(claim);
  if (first && first.fingerprint !== claim.fingerprint)
    throw new DomainError("idempotency_key_reused", "The first request with this key was another one.");
  return first;
}
