import type { Told } from "@shangji/core/notifications/ports";

/** What the partition keys of inboxes begin with. */
export const inboxPrefix = "inbox#";

export function inboxKey(userId: string, id: string) {
  return { pk: `${inboxPrefix}${userId}`, sk: id };
}

/** Whose inbox a partition is. */
export function userOfInbox(pk: string): string {
  return pk.slice(inboxPrefix.length);
}

/** A notification of its item. */
export function toldOf(item: Record<string, unknown>): Told {
  const { id, userId, told, at, subject, actorId, ...rest } = item;
  const { daysAhead, records, counts, readAt } = rest;
  const known = Object.entries({ daysAhead, records, counts, readAt }).filter(([, value]) => value !== undefined);
  // Only `add` writes these items.
  return { id, userId, kind: told, at, subject, actorId, ...Object.fromEntries(known) } as Told;
}
