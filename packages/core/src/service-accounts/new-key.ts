import { newRecord } from "../kit/new-record.ts";
import type { Stored } from "../kit/record.ts";
import { assertExpiry } from "./key-rules.ts";
import { hashSecret, makeSecret } from "./key-secret.ts";
import type { ApiKeyDeps, KeyRecord } from "./ports.ts";

/** A key that is not stored yet, and its secret. @throws DomainError `invalid_request` for an expiry that may not be */
export function newKey(
  fields: Pick<KeyRecord, "serviceAccountId" | "name" | "scopes" | "expiresAt">,
  { context, secretBytes, command }: Pick<ApiKeyDeps, "context" | "secretBytes"> & { command: string },
): { key: Stored<KeyRecord>; secret: string } {
  assertExpiry(fields.expiresAt, context.clock.now());
  const expiresAt = new Date(fields.expiresAt).toISOString(); // callers may leave out the milliseconds
  const blank = newRecord<KeyRecord>("apiKey", { ...fields, expiresAt, hash: "" }, { context, command });
  const secret = makeSecret(blank.id, secretBytes);
  return { key: { ...blank, hash: hashSecret(secret) }, secret };
}
