import { defaultRules } from "@shangji/core/access/default-policy";
import type { Viewer } from "@shangji/core/access/viewer";
import type { Actor } from "@shangji/core/kit/actor";
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

function testActor(actor: Partial<Actor>): Actor {
  return { userId: "usr_00000000000000000000000000", role: "admin", ...actor };
}

/** A caller by the product's own rules, who leads the given teams and the caller's own. */
export function testViewer({
  ledTeamIds = [],
  shares = [],
  ...actor
}: Partial<Actor> & Partial<Pick<Viewer, "ledTeamIds" | "shares">> = {}): Viewer {
  const known = testActor(actor);
  return {
    actor: known,
    rules: defaultRules,
    ledTeamIds: [...(known.teamId ? [known.teamId] : []), ...ledTeamIds],
    shares,
  };
}

/** The context of a call in a test; each call of a context makes new ids. */
export function testContext({
  clock = testClock(),
  ...actor
}: Partial<Actor> & { clock?: TestClock } = {}): CallContext {
  return {
    actor: testActor(actor),
    clock,
    ids: idSource(clock, countingBytes()),
    requestId: "request-1",
    source: "api",
  };
}
