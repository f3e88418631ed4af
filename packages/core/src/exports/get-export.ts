import type { Export } from "@shangji/contracts/exports/schemas";
import type { Viewer } from "../access/viewer.ts";
import type { Clock } from "../kit/context.ts";
import { notFound } from "../kit/domain-error.ts";
import type { Page, PageRequest } from "../kit/record.ts";
import { mayExport } from "./may-export.ts";
import type { ExportFiles, ExportRecord, Exports } from "./ports.ts";

export interface ReadExportDeps {
  exports: Pick<Exports, "get" | "listOf" | "listAll" | "progressOf">;
  files: Pick<ExportFiles, "downloadLink">;
  viewer: Viewer;
  clock: Clock;
}

/**
 * How far an export is, with a link to its file for whoever may still read such records. Another one's export is not there,
 * but for admins. @throws DomainError `not_found`
 */
export async function getExport({ id }: { id: string }, deps: ReadExportDeps): Promise<Export> {
  const { viewer, files } = deps;
  const order = await deps.exports.get(id);
  if (!order || (order.ownerId !== viewer.actor.userId && viewer.actor.role !== "admin")) throw notFound();
  const shown = await withProgress(order, deps);
  if (!hasFile(order, deps.clock) || !mayExport(viewer, order.entity)) return shown;
  return { ...shown, downloadUrl: await files.downloadLink(order) };
}

/** One's own exports, and for admins those of all, latest change first. */
export async function listExports(
  page: PageRequest,
  deps: Omit<ReadExportDeps, "files" | "clock">,
): Promise<Page<Export>> {
  const { actor } = deps.viewer;
  const { listAll, listOf } = deps.exports;
  const { items, ...rest } = await (actor.role === "admin" ? listAll(page) : listOf(actor.userId, page));
  return { ...rest, items: await Promise.all(items.map((order) => withProgress(order, deps))) };
}

function hasFile({ status, expiresAt }: ExportRecord, clock: Clock): boolean {
  return status === "completed" && expiresAt !== undefined && clock.now().getTime() < Date.parse(expiresAt);
}

async function withProgress(
  order: ExportRecord,
  { exports }: { exports: Pick<Exports, "progressOf"> },
): Promise<Export> {
  if (order.status !== "running") return order;
  const progress = await exports.progressOf(order.id);
  return { ...order, rows: progress?.rows ?? 0 };
}
