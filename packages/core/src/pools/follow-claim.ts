import { firstAnswer } from "../assignment/response/clock.ts";
import type { FirstTouches } from "./ports.ts";

/** `touched`: the claim has just been counted as followed up; `none`: there is none, or it still waits, or was counted before. */
export type ClaimOutcome = "touched" | "none";

/** Others at work on the same record or day, time and again. The event is tried again later. */
class ClaimBusy extends Error {
  override readonly name = "ClaimBusy";
}

const mostAttempts = 8;

/**
 * Counts the first touch of a record that was claimed: the first follow-up note of a person since, or for a lead a move that is an answer,
 * as for the response clock. It looks at the record as it is now, so an event may come twice, late and out of order, and a claim
 * counts once: what counts it takes it away from the record's mark in the same transaction.
 * @throws ClaimBusy when others were first too often; nothing is counted then
 */
export async function followClaim(
  id: string,
  { touches, pause }: { touches: FirstTouches; pause(attempt: number): Promise<void> },
): Promise<ClaimOutcome> {
  for (let attempt = 1; attempt <= mostAttempts; attempt++) {
    const { record, claim } = await touches.start(id);
    // Of who has got it since, by no claim, nothing is measured.
    if (!claim || record?.ownerId !== claim.userId) return "none";
    const at = firstAnswer(record, await touches.touchedSince(id, claim.at));
    if (at === undefined) return "none";
    const seconds = Math.max(0, Math.floor((Date.parse(at) - Date.parse(claim.at)) / 1000));
    if (await touches.count({ id, claim, seconds })) return "touched";
    await pause(attempt);
  }
  throw new ClaimBusy();
}
