import type { CallContext } from "@shangji/core/kit/context";
import { idSource } from "@shangji/core/kit/ids";
import { randomBytes, systemClock } from "./settings.ts";

/** The context of work that nobody asked for by a call; `cause` is the id of the event that set it off. */
export function systemContext(cause: string): CallContext {
  return {
    actor: { userId: "system", role: "admin" },
    clock: systemClock,
    ids: idSource(systemClock, randomBytes),
    requestId: cause,
    source: "system",
  };
}
