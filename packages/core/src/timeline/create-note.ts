import { followUpLimits, type NewNote, type Note } from "@shangji/contracts/timeline/schemas";
import { DomainError } from "../kit/domain-error.ts";
import { newRecord } from "../kit/new-record.ts";
import type { Stored } from "../kit/record.ts";
import type { TimelineDeps } from "./ports.ts";
import { readableLike } from "./readable-records.ts";
import { isTouch } from "./touch.ts";

/**
 * Writes a note on a record: a follow-up, or a remark.
 * @throws DomainError `not_found` when the record does not exist, is deleted or not for the caller to read, `invalid_request`
 * when it happened too long ago or in the future
 */
export async function createNote(input: NewNote & { recordId: string }, deps: TimelineDeps): Promise<Stored<Note>> {
  const { context } = deps;
  const { recordId, text, channel, outcome } = input;
  const at = context.clock.now().toISOString();
  const happenedAt = isTouch(input) ? happenedWhen(input.happenedAt, at) : undefined;
  const fields = { recordId, text, authorId: context.actor.userId, channel, outcome, happenedAt };
  const note = newRecord<Note>("note", fields, { context, command: "createNote", at });
  await deps.timeline.createNote(note, readableLike(recordId, deps.viewer), context.claim);
  return note;
}

/** As `Date` writes it, so that instants are in order as texts. */
function happenedWhen(given: string | undefined, now: string): string {
  if (given === undefined) return now;
  const [at, present] = [Date.parse(given), Date.parse(now)];
  const { pastDays, clockSkewMinutes } = followUpLimits;
  if (at > present + clockSkewMinutes * 60_000) {
    throw new DomainError("invalid_request", "A follow-up is written down once it has happened.", {
      errors: [{ pointer: "/body/happenedAt", message: "must not be in the future" }],
    });
  }
  if (at < present - pastDays * 86_400_000) {
    throw new DomainError("invalid_request", "A follow-up is written down soon after it happened.", {
      errors: [{ pointer: "/body/happenedAt", message: `must be at most ${pastDays} days ago` }],
    });
  }
  return new Date(at).toISOString();
}
