import { type CountDeps, countHeld } from "@shangji/aws/dynamo/assignment/count-held";
import { recordChangeOf } from "@shangji/aws/dynamo/kit/record-change";
import { countWon } from "@shangji/aws/dynamo/pools/count-won";
import { heldRecord } from "@shangji/core/assignment/open-holder";
import { wonDeal } from "@shangji/core/pools/won-deal";
import type { StreamRecord } from "@shangji/lambda/stream-handler";

/** Makes the counts of people's open leads and accounts follow a batch of changes; most change nothing of them. */
export async function countWhatPeopleHold(records: readonly StreamRecord[], deps: CountDeps): Promise<void> {
  const changes = records.flatMap((record) => recordChangeOf(record) ?? []);
  const held = changes.flatMap((change) => heldRecord(change) ?? []);
  if (held.length > 0) await countHeld(held, deps);
  const won = changes.flatMap((change) => wonDeal(change) ?? []);
  if (won.length > 0) await countWon(won, deps);
}
