import type { TimelineEntry } from "@shangji/contracts/timeline/schemas";
import { withoutHiddenDetails } from "../access/field-rules.ts";
import { notFound } from "../kit/domain-error.ts";
import { entityOf } from "../kit/ids.ts";
import type { Page, PageRequest } from "../kit/record.ts";
import type { TimelineDeps } from "./ports.ts";
import { mayReadNote, readableLike } from "./readable-records.ts";

/** Everything that happened to a record, newest first, without notes that are not for the caller to read. @throws DomainError `not_found` */
export async function getTimeline(
  input: PageRequest & { recordId: string },
  deps: Pick<TimelineDeps, "timeline" | "viewer">,
): Promise<Page<TimelineEntry>> {
  const page = await deps.timeline.list(
    input.recordId,
    { limit: input.limit, after: input.after },
    readableLike(input.recordId, deps.viewer),
  );
  if (!page) throw notFound();
  const isSeen = ({ note }: TimelineEntry) => note === undefined || mayReadNote(note, deps.viewer);
  const entity = entityOf(input.recordId) ?? "";
  return {
    ...page,
    items: page.items
      .filter(isSeen)
      .map((entry) =>
        entry.details ? { ...entry, details: withoutHiddenDetails(entry.details, deps.viewer, entity) } : entry,
      ),
  };
}
