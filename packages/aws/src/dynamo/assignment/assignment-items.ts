import type { CountedFor, Kept } from "@shangji/core/assignment/ports";
import type { Tally } from "@shangji/core/assignment/world";
import { tallyPrefix } from "./partitions.ts";

type Item = Record<string, unknown>;

export function decisionKey(leadId: string) {
  return { pk: leadId, sk: "assignment" };
}

/** Beside the lead: for whom it is counted. */
export function countedKey(leadId: string) {
  return { pk: leadId, sk: "counted" };
}

export function tallyKey(userId: string) {
  return { pk: `${tallyPrefix}${userId}`, sk: "tally" };
}

/** The user whose tally lies in a partition. */
export function userOfTally(pk: string): string {
  return pk.slice(tallyPrefix.length);
}

/** Made by a count alone it has no leads that were given by a rule. */
export function keptTally({ pk: _, sk: __, revision, ...tally }: Item): Kept<Tally> {
  const value = { counts: {}, ...tally } as unknown as Tally; // only the writes of this folder make it
  return { value, revision: Number(revision) };
}

export function countedFor({ version, userId }: Item): CountedFor {
  return { version: Number(version), ...(typeof userId === "string" ? { userId } : {}) };
}

/** The condition that an item is still at the revision that was read, or still missing. */
export function atRevision(revision: number) {
  return revision === 0
    ? { ConditionExpression: "attribute_not_exists(pk)" }
    : { ConditionExpression: "revision = :was", ExpressionAttributeValues: { ":was": revision } };
}

/** Nothing that tells of an older version comes later than the stream keeps, which is a day. */
const markDays = 7;

/** The mark of a lead that is nobody's open one goes by itself: what does not count needs none. */
export function countedItem(leadId: string, { version, userId }: CountedFor, now: Date): Item {
  const ttl = Math.floor(now.getTime() / 1000) + markDays * 86_400;
  return { ...countedKey(leadId), version, ...(userId === undefined ? { ttl } : { userId }) };
}

/** The condition that the mark is still the one that was read, or still missing. */
export function stillCounted(counted: CountedFor | undefined) {
  return counted === undefined
    ? { ConditionExpression: "attribute_not_exists(pk)" }
    : { ConditionExpression: "version = :counted", ExpressionAttributeValues: { ":counted": counted.version } };
}
