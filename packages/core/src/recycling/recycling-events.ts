import type { EventType } from "@shangji/contracts";
import { type CountdownKind, countdownKinds } from "@shangji/contracts/recycling/countdown";
import type { RecordChange } from "../events/record-change.ts";

/** What one write of a countdown means to the world: a warning that it notes as given, or the end of an owner's time. */
export function recyclingEvents({ before, after }: RecordChange, kind: CountdownKind): EventType[] {
  const entity = kind === countdownKinds.account ? "account" : "lead";
  const known = keysOf(before?.done);
  const isNew = [...keysOf(after.done)].some((key) => !known.has(key));
  if (after.state === "recycled") return before?.state === "recycled" ? [] : [`${entity}.recycled.v1`];
  return isNew ? [`${entity}.recycle_warned.v1`] : [];
}

function keysOf(done: unknown): ReadonlySet<string> {
  return new Set(typeof done === "object" && done !== null ? Object.keys(done) : []);
}
