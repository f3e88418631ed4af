import { DomainError } from "../kit/domain-error.ts";
import type { KeyRecord } from "./ports.ts";

type KeyState = Pick<KeyRecord, "expiresAt" | "revokedAt" | "successorId">;

const longestLifeMs = 2 * 366 * 86_400_000;

/** A key works until it is revoked or expires, whichever is first. */
export function isUsable({ expiresAt, revokedAt }: KeyState, now: Date): boolean {
  return revokedAt === undefined && now.getTime() < Date.parse(expiresAt);
}

/** How long a key that works no more stays listed. The audit trail tells of it for longer. */
const spentDays = 90;

/** When a spent key is forgotten: ninety days after it has worked last. */
export function forgottenAt({ expiresAt, revokedAt }: Omit<KeyState, "successorId">): Date {
  const ends = [expiresAt, ...(revokedAt === undefined ? [] : [revokedAt])].map((end) => Date.parse(end));
  return new Date(Math.min(...ends) + spentDays * 86_400_000);
}

/** What is known of a key's use is of no use after this, however long the key lives. */
export const longestKnownMs = longestLifeMs + spentDays * 86_400_000;

/** A key is rotated once: whoever repeats it must rotate the successor. @throws DomainError `key_not_usable` */
export function assertRotatable(key: KeyState, now: Date): void {
  if (isUsable(key, now) && key.successorId === undefined) return;
  throw new DomainError("key_not_usable", "Make a new key, or rotate the key that has replaced this one.");
}

/** Every key expires, and within two years. @throws DomainError `invalid_request` */
export function assertExpiry(expiresAt: string, now: Date): void {
  const lifeMs = Date.parse(expiresAt) - now.getTime();
  if (lifeMs > 0 && lifeMs <= longestLifeMs) return;
  throw new DomainError("invalid_request", "A key expires in the future, and within two years.", {
    errors: [{ pointer: "/body/expiresAt", message: "must be in the future, at most two years ahead" }],
  });
}
