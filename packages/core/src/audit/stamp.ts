import type { AuditEntry } from "@shangji/contracts/audit/schemas";
import type { Change } from "@shangji/contracts/kit/primitives";

/** Who did something, when, from where, by which request and why, as an entry tells it. */
export function stampOf(change: Change): Pick<AuditEntry, keyof Change> {
  const { actorId, keyId, at, source, requestId, command, reason } = change;
  return {
    at,
    actorId,
    ...(keyId === undefined ? {} : { keyId }),
    source,
    requestId,
    command,
    ...(reason === undefined ? {} : { reason }),
  };
}
