import { applyAbandonedJournals } from "@shangji/aws/dynamo/analytics/apply-journal";
import { advanceCheckpoint } from "@shangji/aws/dynamo/analytics/checkpoint";
import { readEpochs } from "@shangji/aws/dynamo/analytics/epochs";
import { beat } from "@shangji/aws/dynamo/analytics/heartbeat";
import { projectBatch } from "@shangji/aws/dynamo/analytics/projector";
import type { ProjectorDeps } from "@shangji/aws/dynamo/analytics/projector-deps";
import type { Table } from "@shangji/aws/dynamo/kit/client";
import { recordChangeOf } from "@shangji/aws/dynamo/kit/record-change";
import type { Opportunity } from "@shangji/contracts/opportunities/schemas";
import type { OpportunityFactsSource } from "@shangji/core/analytics/facts";
import { factsSourceOf } from "@shangji/core/analytics/facts-source";
import type { StreamFailure, StreamRecord } from "@shangji/lambda/stream-handler";

/** A batch of so many is followed by another one: the mapping takes a thousand at a time. */
const fullBatch = 900;
/** By so much the clocks of two processes differ at most. */
const skewMilliseconds = 60_000;

export interface ProjectionDeps {
  zone: string;
  /** The table of the records, whose stream this is. */
  table: Table;
  deps: ProjectorDeps;
}

interface Seen {
  sequenceNumber: string;
  id: string;
}

/** Counts the opportunities of a batch and notes how far the counting has come. A record that cannot be read fails alone. */
export async function projectChanges(
  records: readonly StreamRecord[],
  { zone, table, deps }: ProjectionDeps,
): Promise<StreamFailure[]> {
  const sources: OpportunityFactsSource[] = [];
  const seen: Seen[] = [];
  const failures: StreamFailure[] = [];
  let lastRecordAt = "";
  let hasHeartbeat = false;
  for (const record of records) {
    const change = recordChangeOf(record);
    if (change?.kind === "heartbeat") hasHeartbeat = true;
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
  const more = records.length >= fullBatch;
  const { failures: uncounted, isApplied } = await projectBatch(sources, deps, { more });
  const failed = new Map(uncounted.map(({ id, error }) => [id, error]));
  for (const { sequenceNumber, id } of seen)
    if (failed.has(id)) failures.push({ sequenceNumber, error: failed.get(id) });
  if (hasHeartbeat && !more) await applyAllJournals(deps);
  if (failures.length === 0 && isApplied && lastRecordAt)
    await advanceCheckpoint(deps.table, { lastRecordAt, now: deps.clock.now() });
  // The record of a beat makes sure that another batch follows, which applies what this one has left open.
  if (!isApplied) await beat(table, deps.clock);
  return failures;
}

/**
 * What other processes have left open, too: one may have ended, and what is claimed after this must be seen by readers. A
 * process that still writes to a journal goes on with another one.
 */
async function applyAllJournals(deps: ProjectorDeps): Promise<void> {
  const olderThan = new Date(deps.clock.now().getTime() + skewMilliseconds);
  const { current, next } = await readEpochs(deps.table);
  for (const epoch of next === undefined ? [current] : [current, next]) {
    await applyAbandonedJournals(epoch, { olderThan }, deps);
  }
}
