import { advanceCheckpoint } from "@shangji/aws/dynamo/analytics/checkpoint";
import { projectBatch } from "@shangji/aws/dynamo/analytics/projector";
import type { ProjectorDeps } from "@shangji/aws/dynamo/analytics/projector-deps";
import { recordChangeOf } from "@shangji/aws/dynamo/kit/record-change";
import type { Opportunity } from "@shangji/contracts/opportunities/schemas";
import type { OpportunityFactsSource } from "@shangji/core/analytics/facts";
import { factsSourceOf } from "@shangji/core/analytics/facts-source";
import type { StreamFailure, StreamRecord } from "@shangji/lambda/stream-handler";

interface Seen {
  sequenceNumber: string;
  id: string;
}

/** Counts the opportunities of a batch and notes how far the counting has come. A record that cannot be read fails alone. */
export async function projectChanges(
  records: readonly StreamRecord[],
  { zone, deps }: { zone: string; deps: ProjectorDeps },
): Promise<StreamFailure[]> {
  const sources: OpportunityFactsSource[] = [];
  const seen: Seen[] = [];
  const failures: StreamFailure[] = [];
  let lastRecordAt = "";
  for (const record of records) {
    const change = recordChangeOf(record);
    const at = change?.kind === "opportunity" ? change.after.updatedAt : record.after?.at;
    if (typeof at === "string" && at > lastRecordAt) lastRecordAt = at;
    if (change?.kind !== "opportunity") continue;
    try {
      // Only the opportunity store writes this kind of item.
      sources.push(factsSourceOf(change.after as unknown as Opportunity, zone));
      seen.push({ sequenceNumber: record.sequenceNumber, id: change.after.id });
    } catch (error) {
      failures.push({ sequenceNumber: record.sequenceNumber, error });
    }
  }
  const failed = new Map((await projectBatch(sources, deps)).map(({ id, error }) => [id, error]));
  for (const { sequenceNumber, id } of seen)
    if (failed.has(id)) failures.push({ sequenceNumber, error: failed.get(id) });
  if (failures.length === 0 && lastRecordAt)
    await advanceCheckpoint(deps.table, { lastRecordAt, now: deps.clock.now() });
  return failures;
}
