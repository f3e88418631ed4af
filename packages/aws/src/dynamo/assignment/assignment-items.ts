import type { PoolEntity } from "@shangji/contracts/pools/schemas";
import type { CountedFor, Kept, OpenClaim } from "@shangji/core/assignment/ports";
import type { Tally } from "@shangji/core/assignment/world";
import { accountTallyPrefix, tallyPrefix } from "./partitions.ts";

type Item = Record<string, unknown>;

export function decisionKey(leadId: string) {
  return { pk: leadId, sk: "assignment" };
}

/** Beside a lead or an account: for whom it is counted. */
export function countedKey(id: string) {
  return { pk: id, sk: "counted" };
}

/** What a person holds of a kind of record, and for leads what was given by rules besides. */
export function tallyKey(userId: string, entity: PoolEntity = "lead") {
  return { pk: `${entity === "lead" ? tallyPrefix : accountTallyPrefix}${userId}`, sk: "tally" };
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

export function countedFor({ version, userId, won, claim }: Item): CountedFor {
  return {
    version: Number(version),
    ...(typeof userId === "string" ? { userId } : {}),
    ...(typeof won === "number" ? { won } : {}),
    ...(claim === undefined ? {} : { claim: claim as OpenClaim }), // only moves of pools write it
  };
}

/** In whose tally a record with this mark stands. */
export function placeOf(counted: CountedFor | undefined): string | undefined {
  return counted?.won === undefined ? counted?.userId : undefined;
}

/** The condition that an item is still at the revision that was read, or still missing. */
export function atRevision(revision: number) {
  return revision === 0
    ? { ConditionExpression: "attribute_not_exists(pk)" }
    : { ConditionExpression: "revision = :was", ExpressionAttributeValues: { ":was": revision } };
}

/** Nothing that tells of an older version comes later than the stream keeps, which is a day. */
const markDays = 7;

/** The mark of a record that is nobody's open one goes by itself: what does not count needs none. */
export function countedItem(id: string, { version, userId, won, claim }: CountedFor, now: Date): Item {
  return {
    ...countedKey(id),
    version,
    ...(userId === undefined ? {} : { userId }),
    ...(won === undefined ? {} : { won }),
    ...(claim === undefined ? {} : { claim }),
    ...(userId === undefined && won === undefined ? { ttl: markEnd(now) } : {}),
  };
}

/** When a mark that says nothing any more goes. */
export function markEnd(now: Date): number {
  return Math.floor(now.getTime() / 1000) + markDays * 86_400;
}

/** The condition that the mark is still the one that was read, or still missing. */
export function stillCounted(counted: CountedFor | undefined) {
  if (counted === undefined) return { ConditionExpression: "attribute_not_exists(pk)" };
  const { version, won, claim } = counted;
  const same = (name: string, value: unknown) =>
    value === undefined ? `attribute_not_exists(${name})` : `${name} = :${name}`;
  return {
    ConditionExpression: `version = :counted AND ${same("won", won)} AND ${same("claim", claim)}`,
    ExpressionAttributeValues: {
      ":counted": version,
      ...(won === undefined ? {} : { ":won": won }),
      ...(claim === undefined ? {} : { ":claim": claim }),
    },
  };
}
