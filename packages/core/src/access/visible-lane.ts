import type { Lane } from "../kit/record.ts";
import type { Visibility } from "./viewer.ts";

/**
 * A lane without what the caller may not see. A lane that is visible as a whole is read as it is; without a name, the
 * visible lanes take the place of all teams.
 */
export function visibleLane(lane: Lane, visibility: Visibility): Lane {
  if (!visibility) return lane;
  if (lane.by === "owner" && lane.id === visibility.ownerId) return lane;
  if (lane.by === "team" && visibility.teamIds.includes(lane.id)) return lane;
  return { ...lane, within: visibility };
}
