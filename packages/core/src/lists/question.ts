import { type FieldCatalogue, fieldNamed } from "../conditions/field.ts";
import type { Reader } from "../conditions/operator-tests.ts";
import { resolveCondition } from "../conditions/resolve-condition.ts";
import type { Resolved } from "../conditions/resolved.ts";
import { DomainError, unknownReference } from "../kit/domain-error.ts";
import { readableFields, usableView } from "../views/visible-view.ts";
import type { ListDeps, ListedQuery } from "./list-records.ts";
import { defaultSort, type Sort, sortBy } from "./sort.ts";

/** A query with its view, checked and worked out for its reader. */
export interface Question {
  where: Resolved;
  sort: Sort;
  /** @default all that the reader may see */
  fields?: readonly string[];
  viewVersion?: number;
}

type Asking = Pick<ListDeps<never>, "kind" | "views" | "viewer" | "clock" | "zone"> & { hidden: ReadonlySet<string> };

const shortcuts = { owner: "ownerId", team: "teamId", account: "accountId", stage: "stageId" } as const;
const nothingHidden: ReadonlySet<string> = new Set();

/** @throws DomainError `invalid_request`, `unknown_reference` */
export async function questionOf(query: ListedQuery, asking: Asking): Promise<Question> {
  const { kind, hidden } = asking;
  const { fields } = kind;
  const reader = readerOf(asking);
  const parts: Resolved[] = [];
  for (const [name, field] of Object.entries(shortcuts)) {
    const eq = query[name as keyof typeof shortcuts]; // a key of it
    // Whether a short form of a hidden field may be used is decided where it comes in.
    if (eq)
      parts.push(resolveCondition({ field, eq }, { fields, hidden: nothingHidden, reader, pointer: `/query/${name}` }));
  }
  if (query.filter) parts.push(resolveCondition(query.filter, { fields, hidden, reader, pointer: "/query/filter" }));
  const view = query.view === undefined ? undefined : await viewIn(query.view, asking);
  if (view?.filter) parts.push(resolveCondition(view.filter, { fields, hidden, reader, pointer: "/query/view" }));
  const sort = query.sort ?? view?.sort;
  const shown = query.fields ? query.fields : view && readableFields(view, hidden);
  if (query.fields) assertFields(query.fields, { fields, hidden, pointer: "/query/fields" });
  return {
    where: { form: "all", parts },
    sort: sort === undefined ? defaultSort : sortBy(sort, { fields, hidden, pointer: "/query/sort" }),
    ...(shown ? { fields: shown } : {}),
    ...(view ? { viewVersion: view.version } : {}),
  };
}

/** The view that is asked by, if its asker may use all of it. @throws DomainError `unknown_reference`, `invalid_request` */
export async function viewIn(
  id: string,
  { views, viewer, kind, hidden }: Pick<Asking, "views" | "viewer" | "kind" | "hidden">,
  pointer = "/query/view",
) {
  const view = await views.get(id);
  const usable = view && view.entity === kind.entity ? usableView(view, viewer, hidden) : "unseen";
  if (usable === "unseen") throw unknownReference(pointer, id);
  if (usable !== "restricted") return usable;
  throw new DomainError("invalid_request", "The view cannot be used.", {
    errors: [{ pointer, message: "selects by fields that are not known" }],
  });
}

/** For whom relative values are worked out. */
export function readerOf({ viewer, clock, zone }: Pick<Asking, "viewer" | "clock" | "zone">): Reader {
  const { userId, teamId } = viewer.actor;
  const teamIds = new Set([...(teamId === undefined ? [] : [teamId]), ...viewer.ledTeamIds]);
  return { userId, teamId, teamIds: [...teamIds], now: clock.now(), zone };
}

/** @throws DomainError `invalid_request` naming each field that is unknown, hidden or not shown */
export function assertFields(
  names: readonly string[],
  { fields, hidden, pointer }: { fields: FieldCatalogue; hidden: ReadonlySet<string>; pointer: string },
): void {
  const errors = names.flatMap((name, index) => {
    const field = fieldNamed(fields, name, hidden);
    return field && !field.derive ? [] : { pointer: `${pointer}/${index}`, message: "is not a known field" };
  });
  if (errors.length > 0) throw new DomainError("invalid_request", "Some fields are not known.", { errors });
}
