import { jitteredPause, type Pause } from "../kit/attempts.ts";

/**
 * Pauses between attempts at a decision. Leads of few people take turns at those people's tallies, so those that come
 * at once are better spread than hurried: with 32 at once, three times as many got through as with pauses that begin at 20 ms.
 */
export function assignmentPause(): Pause {
  return jitteredPause(Math.random, { firstMilliseconds: 100, longestMilliseconds: 2_000 });
}
