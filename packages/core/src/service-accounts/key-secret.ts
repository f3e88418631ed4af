import { createHash, timingSafeEqual } from "node:crypto";

/** Source of 32 random bytes. */
export type SecretBytes = () => Uint8Array;

/** The id of the key, and 256 random bits in base64url. */
const secretPattern = /^(sk_[0-9A-HJKMNP-TV-Z]{26})_[A-Za-z0-9_-]{43}$/;

/** The secret of a key: `sk_<ULID>_<43 characters>`. The prefix lets scanners of source code find one that got lost. */
export function makeSecret(keyId: string, secretBytes: SecretBytes): string {
  const bytes = secretBytes();
  if (bytes.length !== 32) throw new Error("a secret needs 32 random bytes");
  return `${keyId}_${Buffer.from(bytes).toString("base64url")}`;
}

/** The id of the key that a secret belongs to; undefined for what cannot be one. */
export function keyIdOf(secret: string): string | undefined {
  return secretPattern.exec(secret)?.[1];
}

/**
 * What is stored of a secret. A fast hash is enough: slow ones make guessing of words that people choose expensive, and
 * 256 random bits cannot be guessed at any speed.
 */
export function hashSecret(secret: string): string {
  return createHash("sha256").update(secret).digest("base64url");
}

/** Whether a stored hash is that of the secret; takes as long wherever the two differ. */
export function isSecretOf(secret: string, hash: string): boolean {
  const presented = createHash("sha256").update(secret).digest();
  const stored = Buffer.from(hash, "base64url");
  return stored.length === presented.length && timingSafeEqual(stored, presented);
}
