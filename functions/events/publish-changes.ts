import { recordChangeOf } from "@shangji/aws/dynamo/kit/record-change";
import type { EventBus } from "@shangji/aws/events/event-bus";
import type { EventEnvelope } from "@shangji/contracts";
import type { AuditEntry } from "@shangji/contracts/audit/schemas";
import { events } from "@shangji/contracts/events";
import { deriveAuditEntry } from "@shangji/core/audit/derive-audit-entry";
import type { AuditTrail } from "@shangji/core/audit/ports";
import { type DeriveEventsDeps, deriveEvents } from "@shangji/core/events/derive-events";
import { type Digest, deriveEntries } from "@shangji/core/timeline/derive-entries";
import type { DerivedEntry, Timeline } from "@shangji/core/timeline/ports";
import type { StreamFailure, StreamRecord } from "@shangji/lambda/stream-handler";

export interface PublisherDeps extends DeriveEventsDeps {
  bus: EventBus;
  timeline: Pick<Timeline, "append">;
  audit: Pick<AuditTrail, "append">;
  digest: Digest;
}

interface Derived {
  sequenceNumber: string;
  events: EventEnvelope[];
  entries: DerivedEntry[];
}

/**
 * Publishes what the writes of the table mean and puts it on the timelines and the audit trail. A record that cannot be
 * read fails alone; the trail has it all the same, as it takes records as they are.
 * Everything has an id of its own that follows from the write, so a repeated batch is recognised by who reads it.
 */
export async function publishChanges(records: readonly StreamRecord[], deps: PublisherDeps): Promise<StreamFailure[]> {
  const derived: Derived[] = [];
  const failures: StreamFailure[] = [];
  for (const record of records) {
    try {
      derived.push(derive(record, deps));
    } catch (error) {
      failures.push({ sequenceNumber: record.sequenceNumber, error });
      // The stream goes on from here, so what follows would only be published twice.
      break;
    }
  }
  await Promise.all([
    deps.audit.append(records.slice(0, derived.length + failures.length).flatMap(auditEntriesOf)),
    deps.timeline.append(derived.flatMap(({ entries }) => entries)),
  ]);
  const refused = await deps.bus.publish(derived.flatMap((part) => part.events));
  for (const { sequenceNumber, events: published } of derived) {
    if (published.some(({ id }) => refused.has(id))) failures.push({ sequenceNumber, error: new BusRefusal() });
  }
  return failures;
}

function auditEntriesOf({ before, after }: StreamRecord): AuditEntry[] {
  const change = recordChangeOf({ before, after });
  const entry = change && deriveAuditEntry(change);
  return entry ? [entry] : [];
}

/** The bus did not take an event, even when asked again. */
class BusRefusal extends Error {
  override readonly name = "BusRefusal";
}

const schemas = new Map(events.map((event) => [event.type as string, event.schema])); // looked up by what a record says

function derive({ sequenceNumber, before, after }: StreamRecord, deps: PublisherDeps): Derived {
  const change = recordChangeOf({ before, after });
  if (!change) return { sequenceNumber, events: [], entries: [] };
  return {
    sequenceNumber,
    // Parsing keeps what only the store needs out of public events.
    events: deriveEvents(change, deps).map((event) => schemas.get(event.type)?.parse(event) as EventEnvelope), // every type has a schema
    entries: deriveEntries(change, deps.digest),
  };
}
