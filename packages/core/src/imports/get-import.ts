import type { Import } from "@shangji/contracts/imports/schemas";
import type { Viewer } from "../access/viewer.ts";
import type { Clock } from "../kit/context.ts";
import { notFound } from "../kit/domain-error.ts";
import { maySeeRows } from "./assert-may-import.ts";
import type { ImportJob } from "./job.ts";
import type { ImportLinks, ImportStore } from "./ports.ts";
import { errorsName } from "./steps/report.ts";

interface Deps {
  store: ImportStore;
  links: ImportLinks;
  clock: Clock;
  viewer: Viewer;
}

/**
 * Progress and result of an import; for whoever sent it, and for admins, with a link to its failed rows that works for an hour.
 * @throws DomainError `not_found`
 */
export async function getImport({ id }: { id: string }, deps: Deps): Promise<Import> {
  const job = await deps.store.get(id);
  if (!job) throw notFound();
  return shownImport(job, deps);
}

/** An import as the API shows it. */
export async function shownImport(job: ImportJob, { links, clock, viewer }: Omit<Deps, "store">): Promise<Import> {
  const { mapping: _, options: __, keyId: ___, hasErrors, ...shown } = job;
  return {
    ...shown,
    ...rowsPerSecond(job, clock.now()),
    ...(hasErrors && maySeeRows(viewer, job) ? { errorsUrl: await links.downloadLink(job.id, errorsName) } : {}),
  };
}

/** Rows a second from the start to the end, or to now while it runs. */
function rowsPerSecond({ counts, startedAt, finishedAt }: ImportJob, now: Date): { rowsPerSecond?: number } {
  if (startedAt === undefined || counts.rows === 0) return {};
  const until = finishedAt === undefined ? now.getTime() : Date.parse(finishedAt);
  const seconds = Math.max((until - Date.parse(startedAt)) / 1000, 0.001);
  return { rowsPerSecond: Math.round((counts.rows / seconds) * 10) / 10 };
}
