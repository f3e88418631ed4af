import { idPrefixes } from "@shangji/contracts/kit/entities";
import { followUpLimits, type Note } from "@shangji/contracts/timeline/schemas";

/** Whether a note is a follow-up (跟进): it says how somebody was in touch, or what came of it. Any other is a remark. */
export function isTouch({ channel, outcome }: Pick<Note, "channel" | "outcome">): boolean {
  return channel !== undefined || outcome !== undefined;
}

/** What is looked at of a note to tell whether anybody was in touch. */
export type TouchNote = Pick<Note, "authorId" | "channel" | "outcome" | "happenedAt" | "createdAt">;

/** What a machine writes is nobody's touch. */
function isTouchOfPerson(note: TouchNote): boolean {
  return isTouch(note) && note.authorId.startsWith(`${idPrefixes.user}_`);
}

/** When a person was in touch, by the note that they wrote of it, and not after they wrote it; undefined of a note that is no touch. */
export function touchedAt(note: TouchNote): string | undefined {
  if (!isTouchOfPerson(note)) return undefined;
  const { happenedAt, createdAt } = note;
  return happenedAt !== undefined && happenedAt < createdAt ? happenedAt : createdAt;
}

/**
 * When a person answered by a note for whoever has had the record since an instant: when it was written, by our clock, so
 * that nobody answers in time by saying so afterwards. What happened before that instant is no answer; callers' clocks, and
 * their minutes without seconds, have some leeway.
 */
export function answeredAt(note: TouchNote, since: string): string | undefined {
  const happenedAt = touchedAt(note);
  if (happenedAt === undefined || note.createdAt < since) return undefined;
  return Date.parse(happenedAt) + followUpLimits.clockSkewMinutes * 60_000 < Date.parse(since)
    ? undefined
    : note.createdAt;
}
