import type { Change } from "@shangji/contracts/kit/primitives";
import type { Actor } from "./actor.ts";
import type { IdempotencyClaim } from "./idempotency.ts";
import type { IdSource } from "./ids.ts";

export interface Clock {
  now(): Date;
}

/** What every use case knows of the call it serves. */
export interface CallContext {
  actor: Actor;
  clock: Clock;
  ids: IdSource;
  requestId: string;
  source: Change["source"];
  /** Present when the call must have its effect once; the write that is the effect takes it. */
  claim?: IdempotencyClaim | undefined;
}

/** The stamp of a write: who did what, when, from where. It travels in the record, so the stream needs no second write. */
export function changeBy(context: CallContext, command: string, at: string, reason?: string): Change {
  const { userId, keyId } = context.actor;
  return {
    actorId: userId,
    ...(keyId === undefined ? {} : { keyId }),
    at,
    command,
    source: context.source,
    requestId: context.requestId,
    ...(reason === undefined ? {} : { reason }),
  };
}
