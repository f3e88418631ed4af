import { randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import { hashSecret, isSecretOf, keyIdOf, makeSecret } from "./key-secret.ts";

const keyId = "sk_01JD7Z3Q5V9W0X2Y4Z6A8B0C1D";
const secretBytes = () => randomBytes(32);

test("H8 a secret is its key's id and 256 random bits", () => {
  const secret = makeSecret(keyId, secretBytes);
  expect(secret).toMatch(/^sk_01JD7Z3Q5V9W0X2Y4Z6A8B0C1D_[A-Za-z0-9_-]{43}$/);
  expect(keyIdOf(secret)).toBe(keyId);
  expect(new Set(Array.from({ length: 100 }, () => makeSecret(keyId, secretBytes))).size).toBe(100);
  expect(() => makeSecret(keyId, () => randomBytes(16))).toThrow("32 random bytes");
});

test("H8 the stored hash tells nothing but whether a secret is the one", () => {
  const secret = makeSecret(keyId, secretBytes);
  const hash = hashSecret(secret);
  expect(hash).not.toContain(secret.slice(-43));
  expect(isSecretOf(secret, hash)).toBe(true);
  expect(isSecretOf(makeSecret(keyId, secretBytes), hash)).toBe(false);
  expect(isSecretOf(secret, "")).toBe(false);
  expect(isSecretOf(secret, hash.slice(1))).toBe(false);
});

test.each([
  ["a shorter one", `${keyId}_${"a".repeat(42)}`],
  ["a longer one", `${keyId}_${"a".repeat(44)}`],
  ["another prefix", `pk${keyId.slice(2)}_${"a".repeat(43)}`],
  ["a line break at the end", `${keyId}_${"a".repeat(43)}\n`],
  ["characters outside of base64url", `${keyId}_${"a".repeat(42)}+`],
  ["an id alone", keyId],
])("H8 %s is no secret", (_name, text) => {
  expect(keyIdOf(text)).toBeUndefined();
});
