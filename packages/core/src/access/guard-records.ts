import type { OwnedEntity } from "@shangji/contracts/access/schemas";
import type { Action } from "@shangji/contracts/kit/route";
import { DomainError } from "../kit/domain-error.ts";
import type { LaneStore, RecordStore, Stored } from "../kit/record.ts";
import { type Belonging, isVisible, type Viewer, visibilityOf } from "./viewer.ts";
import { visibleLane } from "./visible-lane.ts";

type Owned = Belonging & { id: string; version: number };

/**
 * A store as one caller sees it: what may not be read is not there, lists run over the lanes that may be read, and a
 * write outside of the caller's rules is refused. @throws DomainError `forbidden`
 */
export function guardRecords<T extends Owned, S extends RecordStore<T> & LaneStore<T>>(
  store: S,
  entity: OwnedEntity,
  viewer: Viewer,
): S {
  const readable = visibilityOf(viewer, { entity, action: "read" });
  const assertMay = (action: Action, record: T) => {
    if (!isVisible(visibilityOf(viewer, { entity, action }), record)) throw notYours();
  };
  const seen = (record: Stored<T>) => isVisible(readable, record);
  return {
    ...store,
    async get(id) {
      const record = await store.get(id);
      return record && seen(record) ? record : undefined;
    },
    async getMany(ids) {
      const found = await store.getMany(ids);
      return new Map([...found].filter(([, record]) => seen(record)));
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
      await store.create(record, claim);
    },
    async update(before, after, claim) {
      assertMay("update", before);
      await store.update(before, after, claim);
    },
    async remove(before, after) {
      assertMay("delete", before);
      await store.remove(before, after);
    },
  };
}

function notYours(): DomainError {
  return new DomainError("forbidden", "Your role does not cover this record.");
}
