import type { View } from "@shangji/contracts/views/schemas";
import { type LanePart, nobody, type Stored } from "@shangji/core/kit/record";
import type { Views } from "@shangji/core/views/ports";
import type { Table } from "../kit/client.ts";
import { laneStore } from "../kit/lane-list.ts";
import { type RecordShape, recordStore } from "../kit/record-store.ts";

/** The lane of views that all may use, among those of teams. */
const everyone = "everyone";

/**
 * Saved views, each in a partition of its own.
 * - one by id: GetItem, 0.5 RCU
 * - of an owner: Query gsi1; shared with a team or with all: Query gsi2, where a team or `everyone` stands for the team
 */
export const viewShape: RecordShape<View> = {
  kind: "view",
  key: "id",
  attributes: {
    entity: "string",
    name: "string",
    filter: "any",
    sort: "string",
    fields: "any",
    sharedWith: "string",
    ownerId: "string",
    ownerTeamId: "string",
    teamId: "string",
  },
  derived: ({ sharedWith, ownerTeamId }) => ({ teamId: laneOf(sharedWith, ownerTeamId) }),
};

function laneOf(sharedWith: View["sharedWith"], ownerTeamId: string | undefined): string {
  if (sharedWith === "all") return everyone;
  return sharedWith === "team" ? (ownerTeamId ?? nobody) : nobody;
}

export function viewsIn(table: Table): Views {
  const records = recordStore(table, viewShape);
  const lanes = laneStore(table, viewShape);
  return {
    ...records,
    async get(id) {
      const view = await records.get(id);
      return view && withoutLane(view);
    },
    async getMany(ids) {
      return new Map([...(await records.getMany(ids))].map(([id, view]) => [id, withoutLane(view)]));
    },
    async visibleTo({ ownerId, teamIds }, where, page) {
      const shared = [...teamIds, everyone].map((id): LanePart => ({ by: "team", id, without: ownerId }));
      const { items, next } = await lanes.select(
        {
          lanes: [{ by: "owner", id: ownerId }, ...shared],
          order: { by: "updated", descending: true },
          beside: [],
          where: (view) => where(withoutLane(view)),
          expected: page.limit + 1,
        },
        page,
      );
      return { items: items.map(withoutLane), ...(next ? { next } : {}) };
    },
  };
}

/** The lane is there for the index only. */
function withoutLane({ teamId: _, ...view }: Stored<View> & { teamId?: string }): Stored<View> {
  return view;
}
