import { DomainError } from "../kit/domain-error.ts";
import type { PoolMoved } from "./ports.ts";

const mostAttempts = 12;

/**
 * Makes a move, and makes it anew from what is stored by then when others were first.
 * @throws DomainError `unavailable` when others were first too often, and what the move throws; nothing is written then
 */
export async function inAttempts<T>(
  attemptOnce: () => Promise<{ moved: PoolMoved; record: T }>,
  pause: (attempt: number) => Promise<void>,
): Promise<T> {
  for (let attempt = 1; attempt <= mostAttempts; attempt++) {
    const { moved, record } = await attemptOnce();
    if (moved === "written") return record;
    await pause(attempt);
  }
  throw new DomainError("unavailable", "");
}
