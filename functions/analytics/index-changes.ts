import { recordChangeOf } from "@shangji/aws/dynamo/kit/record-change";
import { indexRecords } from "@shangji/aws/dynamo/search/index-records";
import type { MarkerDeps } from "@shangji/aws/dynamo/search/search-markers";
import { indexedChange } from "@shangji/core/search/indexed-state";
import type { StreamRecord } from "@shangji/lambda/stream-handler";

/** Makes the search index follow a batch of changes; most, such as those of stages, change nothing that it holds. */
export async function indexChanges(records: readonly StreamRecord[], deps: MarkerDeps): Promise<void> {
  const states = records.flatMap((record) => {
    const change = recordChangeOf(record);
    return (change && indexedChange(change)) ?? [];
  });
  if (states.length > 0) await indexRecords(states, deps);
}
