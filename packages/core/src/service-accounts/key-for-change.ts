import { readForChange } from "../kit/read-for-change.ts";
import type { Stored } from "../kit/record.ts";
import type { ApiKeys, KeyRecord } from "./ports.ts";

/** A key of a service account, and the version of it that the caller has read. */
export interface KeyTarget {
  id: string;
  keyId: string;
  expectedVersion?: number | undefined;
}

/** The key as it is before a change. @throws DomainError `not_found` (also for another account's key), `stale_version` */
export async function keyForChange(
  keys: Pick<ApiKeys, "get">,
  { id, keyId, expectedVersion }: KeyTarget,
): Promise<Stored<KeyRecord>> {
  // Whether another account has such a key is told by nothing, not even by its version.
  const ofAccount = async (wanted: string) => {
    const key = await keys.get(wanted);
    return key?.serviceAccountId === id ? key : undefined;
  };
  return readForChange<KeyRecord>({ get: ofAccount }, { id: keyId, expectedVersion });
}
