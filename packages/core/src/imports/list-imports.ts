import type { Import } from "@shangji/contracts/imports/schemas";
import type { Viewer } from "../access/viewer.ts";
import type { Clock } from "../kit/context.ts";
import type { Page, PageRequest } from "../kit/record.ts";
import { shownImport } from "./get-import.ts";
import type { ImportLinks, ImportStore } from "./ports.ts";

/** Imports, newest first. */
export async function listImports(
  page: PageRequest,
  deps: { store: ImportStore; links: ImportLinks; clock: Clock; viewer: Viewer },
): Promise<Page<Import>> {
  const { items, next } = await deps.store.list(page);
  const shown = await Promise.all(items.map((job) => shownImport(job, deps)));
  return next ? { items: shown, next } : { items: shown };
}
