import type { View } from "@shangji/contracts/views/schemas";
import { notFound } from "../kit/domain-error.ts";
import type { Stored } from "../kit/record.ts";
import type { ViewDeps } from "./ports.ts";
import { maySeeView, shownView } from "./visible-view.ts";

/** A view as the caller may see it. @throws DomainError `not_found` */
export async function getView({ id }: { id: string }, { views, viewer }: ViewDeps): Promise<Stored<View>> {
  const view = await views.get(id);
  if (!view || !maySeeView(view, viewer)) throw notFound();
  return shownView(view, viewer);
}
