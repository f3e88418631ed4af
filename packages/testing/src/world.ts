import type { Role } from "@shangji/contracts/kit/primitives";
import type { CallContext } from "@shangji/core/kit/context";
import { idSource } from "@shangji/core/kit/ids";

/** A clock that stands still until it is moved. */
export interface TestClock {
  now(): Date;
  advance(milliseconds: number): void;
}

export function testClock(start = "2026-11-02T08:30:00.000Z"): TestClock {
  let at = Date.parse(start);
  return {
    now: () => new Date(at),
    advance(milliseconds) {
      at += milliseconds;
    },
  };
}

/** Bytes that count up, so that ids differ and repeat from run to run. */
export function countingBytes(): () => Uint8Array {
  let count = 0;
  return () => {
    const bytes = new Uint8Array(10);
    new DataView(bytes.buffer).setUint32(6, ++count);
    return bytes;
  };
}

/** The context of a call in a test; each call of a context makes new ids. */
export function testContext({
  clock = testClock(),
  role = "admin",
  userId = "usr_00000000000000000000000000",
}: {
  clock?: TestClock;
  role?: Role;
  userId?: string;
} = {}): CallContext {
  return {
    actor: { userId, role },
    clock,
    ids: idSource(clock, countingBytes()),
    requestId: "request-1",
    source: "api",
  };
}
