import { type CountDeps, countLeads } from "@shangji/aws/dynamo/assignment/count-leads";
import { recordChangeOf } from "@shangji/aws/dynamo/kit/record-change";
import { heldLead } from "@shangji/core/assignment/open-holder";
import type { StreamRecord } from "@shangji/lambda/stream-handler";

/** Makes the counts of people's open leads follow a batch of changes; most change nothing of them. */
export async function countOpenLeads(records: readonly StreamRecord[], deps: CountDeps): Promise<void> {
  const held = records.flatMap((record) => {
    const change = recordChangeOf(record);
    return (change && heldLead(change)) ?? [];
  });
  if (held.length > 0) await countLeads(held, deps);
}
