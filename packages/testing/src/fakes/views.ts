import type { View } from "@shangji/contracts/views/schemas";
import type { PageRequest, Stored } from "@shangji/core/kit/record";
import type { Views } from "@shangji/core/views/ports";
import { fakeRecordStore } from "./record-store.ts";

/** Saved views in memory. */
export function fakeViews(): Views {
  const store = fakeRecordStore<View>(() => []);
  return {
    ...store,
    async visibleTo({ ownerId, teamIds }, where, { limit, after }: PageRequest) {
      const isShared = ({ sharedWith, ownerTeamId = "" }: View) =>
        sharedWith === "all" || (sharedWith === "team" && teamIds.includes(ownerTeamId));
      const visible = (await store.all()).filter((view) => view.ownerId === ownerId || isShared(view));
      const found = visible.filter(where).sort(byLastChange);
      const start = Number(after?.offset ?? 0);
      const items = found.slice(start, start + limit);
      return start + limit < found.length ? { items, next: { offset: start + limit } } : { items };
    },
  };
}

function byLastChange(left: Stored<View>, right: Stored<View>): number {
  return left.updatedAt < right.updatedAt ? 1 : -1;
}
