import { EventBridgeClient, PutEventsCommand, type PutEventsRequestEntry } from "@aws-sdk/client-eventbridge";
import type { EventEnvelope } from "@shangji/contracts";
import { clientSettings } from "../client-settings.ts";

/** A bus that events are published on. */
export interface EventBus {
  /** Answers the ids of the events that the bus did not take, even when asked again. */
  publish(events: readonly EventEnvelope[]): Promise<ReadonlySet<string>>;
}

/** Limits of one PutEvents request; a quarter of a megabyte holds in every Region. */
const maximumEntries = 10;
const maximumBytes = 256_000;
const maximumAttempts = 4;

export function eventBus(busName: string, client = new EventBridgeClient(clientSettings)): EventBus {
  return {
    async publish(events) {
      const refused = new Set<string>();
      for (const batch of batchesOf(events)) {
        for (const event of await put(client, busName, batch)) refused.add(event.id);
      }
      return refused;
    },
  };
}

/** Publishes one batch; answers what stayed refused. */
async function put(client: EventBridgeClient, busName: string, batch: EventEnvelope[]): Promise<EventEnvelope[]> {
  let pending = batch;
  for (let attempt = 1; pending.length > 0 && attempt <= maximumAttempts; attempt++) {
    if (attempt > 1) await new Promise((resolve) => setTimeout(resolve, 2 ** attempt * 25));
    const asked = pending;
    const { Entries } = await client.send(
      new PutEventsCommand({ Entries: asked.map((event) => entryOf(event, busName)) }),
    );
    pending = asked.filter((_, index) => Entries?.[index]?.ErrorCode !== undefined);
  }
  return pending;
}

function entryOf(event: EventEnvelope, busName: string): PutEventsRequestEntry {
  return {
    EventBusName: busName,
    Source: "shangji",
    DetailType: event.type,
    Detail: JSON.stringify(event),
    Time: new Date(event.occurredAt),
  };
}

/** Groups events in order, as many to a request as its limits allow. */
export function batchesOf(events: readonly EventEnvelope[]): EventEnvelope[][] {
  const batches: EventEnvelope[][] = [];
  let bytes = 0;
  for (const event of events) {
    const size = Buffer.byteLength(JSON.stringify(event)) + event.type.length + 21; // the source and the time count too
    const last = batches.at(-1);
    if (last && last.length < maximumEntries && bytes + size <= maximumBytes) {
      last.push(event);
      bytes += size;
    } else {
      batches.push([event]);
      bytes = size;
    }
  }
  return batches;
}
