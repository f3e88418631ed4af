import type { Condition } from "@shangji/contracts/kit/condition";
import type { View } from "@shangji/contracts/views/schemas";
import { hiddenFields } from "../access/field-rules.ts";
import { scopeOf, type Viewer } from "../access/viewer.ts";

/** Whether the caller may use a view: one's own, one that is shared, and for admins any; none of records that one may not read. */
export function maySeeView(view: View, viewer: Viewer): boolean {
  const { actor, ledTeamIds } = viewer;
  if (scopeOf(viewer, { entity: view.entity, action: "read" }) === "none") return false;
  if (view.ownerId === actor.userId || actor.role === "admin" || view.sharedWith === "all") return true;
  return view.sharedWith === "team" && view.ownerTeamId !== undefined && teamsOf(viewer).includes(view.ownerTeamId);

  function teamsOf(reader: Viewer): readonly string[] {
    return reader.actor.teamId === undefined ? ledTeamIds : [reader.actor.teamId, ...ledTeamIds];
  }
}

/** The view if the caller may use all of it; what it selects by must be no secret to the caller. */
export function usableView<V extends View>(
  view: V,
  viewer: Viewer,
  hidden: ReadonlySet<string>,
): V | "unseen" | "restricted" {
  // A key that may not read views uses none.
  const isOutOfScope = scopeOf(viewer, { entity: "view", action: "read" }) === "none";
  if (isOutOfScope || !maySeeView(view, viewer)) return "unseen";
  return selectsBy(view, hidden) ? "restricted" : view;
}

/** A view as the caller may see it: without hidden fields, and without filter and sort when these name one. */
export function shownView<V extends View>(view: V, viewer: Viewer): V {
  const hidden = hiddenFields(viewer, view.entity);
  const fields = readableFields(view, hidden);
  const { filter, sort, fields: _, ...rest } = view;
  const shown = selectsBy(view, hidden)
    ? { restricted: true }
    : { ...(filter ? { filter } : {}), ...(sort === undefined ? {} : { sort }) };
  return { ...rest, ...shown, ...(fields ? { fields } : {}) } as V; // a view with fewer of its optional parts
}

/** The fields that a view shows, without hidden ones; undefined when it shows all. */
export function readableFields({ fields }: View, hidden: ReadonlySet<string>): readonly string[] | undefined {
  return fields?.filter((name) => !hidden.has(name));
}

function selectsBy({ filter, sort }: View, hidden: ReadonlySet<string>): boolean {
  if (hidden.size === 0) return false;
  if (sort !== undefined && hidden.has(sort.replace(/^-/, ""))) return true;
  return filter !== undefined && names(filter, hidden);
}

function names({ field, all = [], any = [], not }: Condition, hidden: ReadonlySet<string>): boolean {
  if (field !== undefined && hidden.has(field)) return true;
  return [...all, ...any, ...(not ? [not] : [])].some((part) => names(part, hidden));
}
