import type { OwnedEntity } from "@shangji/contracts/access/schemas";
import type { Action } from "@shangji/contracts/kit/route";
import type { MatchKey } from "../duplicates/match-keys.ts";
import type { MatchStore } from "../duplicates/ports.ts";
import { DomainError } from "../kit/domain-error.ts";
import type { GraveStore, LaneStore, PartStore, RecordStore, Stored } from "../kit/record.ts";
import { ValueTaken } from "../kit/value-taken.ts";
import { hiddenFields } from "./field-rules.ts";
import { type Belonging, belongsTo, isVisible, type Viewer, visibilityOf } from "./viewer.ts";
import { visibleLane } from "./visible-lane.ts";

type Owned = Belonging & { id: string; version: number };

/**
 * A store as one caller sees it: what may not be read is not there, lists run over the lanes that may be read, and a
 * write outside of the caller's rules is refused. @throws DomainError `forbidden`
 */
export function guardRecords<
  T extends Owned,
  S extends RecordStore<T> & PartStore<T> & LaneStore<T> & GraveStore<T> & Partial<MatchStore<T>>,
>(store: S, entity: OwnedEntity, viewer: Viewer): S {
  const readable = visibilityOf(viewer, { entity, action: "read" });
  const assertMay = (action: Action, record: T) => assertCovers(viewer, { entity, action }, record);
  const seen = (record: Stored<T>) => isVisible(readable, record);
  const getMany = async (ids: readonly string[]) => {
    const found = await store.getMany(ids);
    return new Map([...found].filter(([, record]) => seen(record)));
  };
  /** A refusal names the record that stands in the way, if it may be read. */
  const named = (error: unknown) =>
    error instanceof ValueTaken
      ? getMany(error.taken.map(({ recordId }) => recordId)).then(refuseNaming(error))
      : refuse(error);
  const { findMatches } = store;
  return {
    ...store,
    ...(findMatches && guardMatches<T>({ findMatches }, entity, viewer)),
    async get(id) {
      const record = await store.get(id);
      return record && seen(record) ? record : undefined;
    },
    async getByUnique(unique) {
      const record = await store.getByUnique(unique);
      return record && seen(record) ? record : undefined;
    },
    getMany,
    async getParts<F extends keyof Stored<T>>(ids: readonly string[], fields: readonly F[]) {
      const parts = await store.getParts(ids, fields);
      return new Map([...parts].filter(([, part]) => isVisible(readable, part)));
    },
    async list(lane, page) {
      return store.list(visibleLane(lane, readable), page);
    },
    async select(selection, page) {
      const where = (record: Stored<T>) => seen(record) && selection.where(record);
      return store.select({ ...selection, where }, page);
    },
    async gather(lanes, most) {
      return (await store.gather(lanes, most))?.filter(seen);
    },
    async create(record, claim) {
      assertMay("create", record);
      await store.create(record, claim).catch(named);
    },
    async update(before, after, claim) {
      assertMay("update", before);
      assertMayGive(viewer, entity, { before, after });
      await store.update(before, after, claim).catch(named);
    },
    async remove(before, after) {
      assertMay("delete", before);
      await store.remove(before, after);
    },
    async survivorOf(id) {
      const survivor = await store.survivorOf(id);
      const record = survivor === undefined ? undefined : await store.get(survivor);
      return record && seen(record) ? survivor : undefined;
    },
    // Who may delete may see what was deleted, of what may be read, and bring it back.
    async getDeleted(id) {
      const record = await store.getDeleted(id);
      return record && seen(record) ? record : undefined;
    },
    async listDeleted(lane, page) {
      const deletable = visibilityOf(viewer, { entity, action: "delete" });
      const { items, ...rest } = await store.listDeleted(visibleLane(lane, deletable), page);
      return { items: items.filter(seen), ...rest };
    },
    async restore(before, after, claim) {
      assertMay("delete", before);
      await store.restore(before, after, claim).catch(named);
    },
  };
}

/** What may not be read can still stand in the way of what would be its duplicate; it is not shown. */
export function guardMatches<T extends Belonging>(
  { findMatches }: MatchStore<T>,
  entity: OwnedEntity,
  viewer: Viewer,
): MatchStore<T> {
  const readable = visibilityOf(viewer, { entity, action: "read" });
  const hidden = hiddenFields(viewer, entity);
  return {
    async findMatches(key: MatchKey) {
      const matches = await findMatches(key);
      // To show what has a value would tell the value.
      const isShown = !hidden.has(key.by);
      const isSeen = (record: Stored<T>) => isShown && isVisible(readable, record);
      return matches.map((match) => ({ ...match, isReadable: match.isReadable && isSeen(match.record) }));
    },
  };
}

function refuse(error: unknown): never {
  throw error;
}

function refuseNaming(error: ValueTaken) {
  return (known: ReadonlyMap<string, object>): never => refuse(error.naming(known));
}

/** @throws DomainError `forbidden` unless the caller's rules let it act on a record */
export function assertCovers(viewer: Viewer, access: { entity: OwnedEntity; action: Action }, record: Belonging): void {
  if (!isVisible(visibilityOf(viewer, access), record)) throw notYours();
}

/**
 * Whose a record is changes by those alone to whom it belongs by owner or team: else whoever it is shared with could take it, and
 * share it on. @throws DomainError `forbidden`
 */
export function assertMayGive(
  viewer: Viewer,
  entity: OwnedEntity,
  { before, after }: { before: Belonging; after: Belonging },
): void {
  const isGiven = before.ownerId !== after.ownerId;
  if (isGiven && !belongsTo(visibilityOf(viewer, { entity, action: "update" }), before)) throw notYours();
}

function notYours(): DomainError {
  return new DomainError("forbidden", "Your role does not cover this record.");
}
