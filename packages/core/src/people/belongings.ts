import type { OwnedEntity } from "@shangji/contracts/access/schemas";
import type { LaneStore, PageRequest, RecordStore } from "../kit/record.ts";
import type { Belongings, Holdable, Teams } from "./ports.ts";

type Owned = Pick<RecordStore<Holdable>, "get"> & Pick<LaneStore<Holdable>, "list">;

/** What people own and lead, of the stores that hold it; stores that are one caller's give what the caller may read. */
export function belongingsOf({
  teams,
  ...owned
}: Record<OwnedEntity, Owned> & { teams: Pick<Teams, "get" | "all"> }): Belongings {
  return {
    async list(kind, userId, page: PageRequest) {
      if (kind !== "team") return owned[kind].list({ by: "owner", id: userId }, page);
      const items = (await teams.all()).filter(({ managerId }) => managerId === userId);
      return { items };
    },
    get: (kind, id) => (kind === "team" ? teams.get(id) : owned[kind].get(id)),
  };
}
