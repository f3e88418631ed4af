import type { View, ViewPatch } from "@shangji/contracts/views/schemas";
import { DomainError, notFound } from "../kit/domain-error.ts";
import type { ChangeTarget } from "../kit/read-for-change.ts";
import type { Stored } from "../kit/record.ts";
import { assertVersion, bury, revise } from "../kit/revise.ts";
import { assertUsable, teamFor } from "./assert-usable.ts";
import type { ViewDeps } from "./ports.ts";
import { maySeeView, shownView } from "./visible-view.ts";

/**
 * Changes a view, which its owner and admins may.
 * @throws DomainError `not_found`, `forbidden`, `stale_version`, `conflict`, `invalid_request`
 */
export async function updateView(input: ChangeTarget & { patch: ViewPatch }, deps: ViewDeps): Promise<Stored<View>> {
  const { patch } = input;
  const { actor } = deps.viewer;
  const before = await readChangeable(input, deps);
  assertUsable({ entity: before.entity, ...withoutCleared(patch) }, deps);
  const ownerTeamId = before.ownerId === actor.userId ? actor.teamId : before.ownerTeamId;
  const own = { ownerTeamId: teamFor(patch.sharedWith ?? before.sharedWith, ownerTeamId) ?? null };
  const after = revise(before, { ...patch, ...own }, { context: deps.context, command: "updateView" });
  await deps.views.update(before, after);
  return shownView(after, deps.viewer);
}

/** @throws DomainError `not_found`, `forbidden`, `stale_version`, `conflict` */
export async function deleteView(input: ChangeTarget, deps: ViewDeps): Promise<void> {
  const before = await readChangeable(input, deps);
  await deps.views.remove(before, bury(before, deps.context, "deleteView"));
}

async function readChangeable(
  { id, expectedVersion }: ChangeTarget,
  { views, viewer }: ViewDeps,
): Promise<Stored<View>> {
  const view = await views.get(id);
  if (!view || !maySeeView(view, viewer)) throw notFound();
  if (view.ownerId !== viewer.actor.userId && viewer.actor.role !== "admin") {
    throw new DomainError("forbidden", "Only its owner and admins change a view.");
  }
  assertVersion(view, expectedVersion);
  return view;
}

function withoutCleared({ filter, sort, fields }: ViewPatch): Partial<Pick<View, "filter" | "sort" | "fields">> {
  return { ...(filter ? { filter } : {}), ...(sort ? { sort } : {}), ...(fields ? { fields } : {}) };
}
