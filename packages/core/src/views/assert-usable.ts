import type { Sharing, View } from "@shangji/contracts/views/schemas";
import { hiddenFields } from "../access/field-rules.ts";
import { scopeOf } from "../access/viewer.ts";
import { resolveCondition } from "../conditions/resolve-condition.ts";
import { DomainError } from "../kit/domain-error.ts";
import { listedKinds } from "../lists/listed-kinds.ts";
import { assertFields, readerOf } from "../lists/question.ts";
import { sortBy } from "../lists/sort.ts";
import type { ViewDeps } from "./ports.ts";

/**
 * A view can be saved by whoever could ask its question: by fields that there are and that the caller may see, of records
 * that the caller may read. @throws DomainError `invalid_request`, `forbidden`
 */
export function assertUsable(
  { entity, filter, sort, fields: shown }: Partial<Pick<View, "filter" | "sort" | "fields">> & Pick<View, "entity">,
  { viewer, context, zone }: Pick<ViewDeps, "viewer" | "context" | "zone">,
): void {
  if (scopeOf(viewer, { entity, action: "read" }) === "none") {
    throw new DomainError("forbidden", "Your role does not read such records.");
  }
  const { fields } = listedKinds[entity];
  const hidden = hiddenFields(viewer, entity);
  const reader = readerOf({ viewer, clock: context.clock, zone });
  if (filter) resolveCondition(filter, { fields, hidden, reader, pointer: "/body/filter" });
  if (sort !== undefined) sortBy(sort, { fields, hidden, pointer: "/body/sort" });
  if (shown) assertFields(shown, { fields, hidden, pointer: "/body/fields" });
}

/** The team that a view is shared with. @throws DomainError `invalid_request` when its owner is in none */
export function teamFor(sharedWith: Sharing, teamId: string | undefined): string | undefined {
  if (sharedWith !== "team" || teamId !== undefined) return teamId;
  throw new DomainError("invalid_request", "A view cannot be shared with a team that there is not.", {
    errors: [{ pointer: "/body/sharedWith", message: "needs an owner who is in a team" }],
  });
}
