import { type Entity, idPrefixes } from "@shangji/contracts/kit/entities";
import { encodeTime } from "ulid";

const alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/** Source of 10 random bytes. */
export type RandomBytes = () => Uint8Array;

export interface IdSource {
  /** A new id that sorts by the time it is made. */
  next(entity: Entity): string;
}

/** Ids of one kind of record sort by `at`; the tail of 80 bits comes from `tail`, so that a hash gives the same id again. */
export function idFrom(entity: Entity, at: Date, tail: Uint8Array): string {
  return `${idPrefixes[entity]}_${encodeTime(at.getTime(), 10)}${base32(tail)}`;
}

function base32(bytes: Uint8Array): string {
  let text = "";
  let buffer = 0;
  let bits = 0;
  for (const byte of bytes.subarray(0, 10)) {
    buffer = (buffer << 8) | byte;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      text += alphabet[(buffer >> bits) & 31];
    }
    buffer &= (1 << bits) - 1;
  }
  return text;
}

export function idSource(clock: { now(): Date }, random: RandomBytes): IdSource {
  return { next: (entity) => idFrom(entity, clock.now(), random()) };
}

/** The entity that an id belongs to, by its prefix; undefined for anything else. */
export function entityOf(id: string): Entity | undefined {
  const prefix = id.slice(0, id.indexOf("_"));
  for (const [entity, known] of Object.entries(idPrefixes)) if (known === prefix) return entity as Entity; // keys of idPrefixes are the entities
  return undefined;
}
