import type { Access, Action } from "@shangji/contracts/kit/route";
import { DomainError } from "../kit/domain-error.ts";
import type { RecordStore } from "../kit/record.ts";
import { scopeOf, type Viewer } from "./viewer.ts";

/** A store of records that belong to everyone, as one caller may write to it. @throws DomainError `forbidden` */
export function guardWhole<T, S extends RecordStore<T>>(store: S, entity: Access["entity"], viewer: Viewer): S {
  const assertMay = (action: Action) => {
    if (scopeOf(viewer, { entity, action }) === "none") throw new DomainError("forbidden", "");
  };
  return {
    ...store,
    async create(record, claim) {
      assertMay("create");
      await store.create(record, claim);
    },
    async update(before, after, claim) {
      assertMay("update");
      await store.update(before, after, claim);
    },
    async remove(before, after) {
      assertMay("delete");
      await store.remove(before, after);
    },
  };
}
