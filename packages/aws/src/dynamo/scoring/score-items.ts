import { createHash } from "node:crypto";
import type { BehaviourEvent } from "@shangji/core/scoring/engagement";
import type { KeptScore } from "@shangji/core/scoring/kept-score";
import type { KeptEvent } from "@shangji/core/scoring/ports";
import { knownEventPrefix } from "./partitions.ts";

type Item = Record<string, unknown>;

/** Beside the lead, so that whatever empties its partition when a person is erased reaches the score and the events. */
export function scoreKey(leadId: string) {
  return { pk: leadId, sk: "score" };
}

export const eventPrefix = "behaviour#";

/** By source and id, whatever lead it was told of. Both are somebody else's texts, which may name a person, so they are hashed. */
export function knownEventKey({ source, id }: Pick<KeptEvent, "source" | "id">) {
  return { pk: `${knownEventPrefix}${hashOf(source, id)}`, sk: "known" };
}

/** Events of a lead lie in the order in which they happened. */
export function eventItem({ leadId, until, ...event }: KeptEvent): Item {
  const { source, id, type, occurredAt, data } = event;
  const sk = `${eventPrefix}${new Date(occurredAt).toISOString()}#${hashOf(source, id)}`;
  return { pk: leadId, sk, source, eventId: id, type, occurredAt, data, ttl: secondsOf(until) };
}

export function knownEventItem(event: KeptEvent): Item {
  return { ...knownEventKey(event), leadId: event.leadId, ttl: secondsOf(event.until) };
}

export function eventOf({ type, occurredAt, data }: Item): BehaviourEvent {
  return { type: String(type), occurredAt: String(occurredAt), data: data as BehaviourEvent["data"] }; // only eventItem writes it
}

export function keptScore({ pk: _, sk: __, ...kept }: Item): KeptScore {
  return kept as unknown as KeptScore; // only the writes of this folder make it
}

function hashOf(source: string, id: string): string {
  // A source holds no `#`, so no two pairs are joined to one text.
  return createHash("sha256").update(`${source}#${id}`).digest("base64url");
}

function secondsOf(at: string): number {
  return Math.floor(Date.parse(at) / 1000);
}
