import type { OwnedEntity } from "@shangji/contracts/access/schemas";
import type { View } from "@shangji/contracts/views/schemas";
import type { Page, PageRequest, Stored } from "../kit/record.ts";
import type { ViewDeps } from "./ports.ts";
import { maySeeView, shownView } from "./visible-view.ts";

/** The caller's own views and those that are shared, latest change first; for admins too, who see others by their ids. */
export async function listViews(
  { entity, limit, after }: PageRequest & { entity?: OwnedEntity | undefined },
  { views, viewer }: Pick<ViewDeps, "views" | "viewer">,
): Promise<Page<Stored<View>>> {
  const { actor, ledTeamIds } = viewer;
  const teamIds = [...new Set([...(actor.teamId === undefined ? [] : [actor.teamId]), ...ledTeamIds])];
  const where = (view: Stored<View>) => (entity === undefined || view.entity === entity) && maySeeView(view, viewer);
  const page = await views.visibleTo({ ownerId: actor.userId, teamIds }, where, { limit, after });
  return { ...page, items: page.items.map((view) => shownView(view, viewer)) };
}
