import type { ApiKey, IssuedKey } from "@shangji/contracts/service-accounts/schemas";
import type { Stored } from "../kit/record.ts";
import type { KeyRecord } from "./ports.ts";

/** A key as the API shows it: nothing of its secret, not even the hash. */
export function shownKey({ hash: _, change: __, ...key }: Stored<KeyRecord>, lastUsedAt?: string): ApiKey {
  return { ...key, ...(lastUsedAt === undefined ? {} : { lastUsedAt }) };
}

/** A key with its secret, for the one answer to whoever has made it. */
export function issuedKey(key: Stored<KeyRecord>, secret: string): IssuedKey & { secret: string } {
  return { ...shownKey(key), secret };
}
