import type { Import } from "@shangji/contracts/imports/schemas";
import type { Viewer } from "../access/viewer.ts";
import type { Clock } from "../kit/context.ts";
import { found } from "../kit/domain-error.ts";
import { withUploadLink } from "./create-import.ts";
import { shownImport } from "./get-import.ts";
import type { ImportLinks, ImportStore } from "./ports.ts";

/**
 * What a repeated request to begin an import gets: the import as it stands. It has a fresh link as long as the file is
 * awaited; a link to one that runs would let its file be replaced under it.
 * @throws DomainError `not_found`
 */
export async function resumeImport(
  { id }: { id: string },
  deps: { store: ImportStore; links: ImportLinks; clock: Clock; viewer: Viewer },
): Promise<Import> {
  const job = await found(deps.store.get(id));
  return job.status === "awaiting_upload" ? withUploadLink(job, deps.links) : shownImport(job, deps);
}
