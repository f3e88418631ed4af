import type { OwnedEntity } from "@shangji/contracts/access/schemas";
import type { Condition } from "@shangji/contracts/kit/condition";
import { guardRecords } from "../access/guard-records.ts";
import type { Viewer } from "../access/viewer.ts";
import type { Accounts } from "../accounts/ports.ts";
import type { Contacts } from "../contacts/ports.ts";
import type { LaneStore, ListPosition, RecordStore, Stored } from "../kit/record.ts";
import type { Leads } from "../leads/ports.ts";
import { listRecords } from "../lists/list-records.ts";
import { uncounted } from "../lists/listed-kind.ts";
import { listedKinds } from "../lists/listed-kinds.ts";
import type { Opportunities } from "../opportunities/ports.ts";
import type { Teams } from "../people/ports.ts";
import { exportLimits } from "./limits.ts";
import type { ExportFiles, ExportProgress, ExportRecord } from "./ports.ts";

export interface CollectDeps {
  /** All records; what the asker may see of them is decided here. */
  records: { account: Accounts; contact: Contacts; opportunity: Opportunities; lead: Leads };
  teams: Pick<Teams, "all">;
  files: Pick<ExportFiles, "idsIn">;
  /** IANA zone of the organisation. */
  zone: string;
  /** @default those of exportLimits */
  limits?: { chunkRows: number; pageRows: number };
}

/** A record of any kind that can be exported. */
export type Exported = Stored<{ id: string }>;

type Listed = LaneStore<{ id: string }> & Pick<RecordStore<{ id: string }>, "getMany">;

/**
 * The next records of an export, and where the list goes on; without `next` the stretch is over.
 *
 * Records are read by their last change, the oldest first: whatever changes while the job runs goes to the end, where it is
 * still to come, so nothing is lost, wherever it moves. It may stand there a second time, so what has changed since the
 * beginning is a stretch of its own, in which records that are in a piece already are passed over. Those that were made
 * after the beginning are left out, so that the job ends.
 */
export async function collect(
  order: ExportRecord,
  progress: ExportProgress,
  { viewer, deps }: { viewer: Viewer; deps: CollectDeps },
): Promise<{ records: Exported[]; next?: ListPosition }> {
  const { chunkRows, pageRows } = deps.limits ?? exportLimits;
  const listing = {
    kind: listedKinds[order.entity],
    records: guarded(deps.records, order.entity, viewer),
    teams: deps.teams,
    // The filter of a view was taken over when the export was ordered.
    views: { get: async () => undefined },
    sizes: uncounted,
    viewer,
    // What is relative to the day is relative to the day of the order, however long the job takes.
    clock: { now: () => new Date(order.createdAt) },
    zone: deps.zone,
  };
  const query = { filter: filterOf(order, progress), sort: "updatedAt", limit: pageRows };
  const records: Exported[] = [];
  let known: Set<string> | undefined;
  let after = progress.position;
  for (let pages = 0; pages < exportLimits.chunkPages && records.length + pageRows <= chunkRows; pages++) {
    const page = await listRecords<{ id: string }>({ query, after }, listing);
    if (progress.stretch === "changed" && page.items.length > 0) known ??= await idsBefore(order, progress, deps);
    for (const record of page.items) {
      if (known?.has(record.id)) continue;
      known?.add(record.id);
      records.push(record);
    }
    if (!page.next) return { records };
    after = page.next;
  }
  return { records, ...(after ? { next: after } : {}) };
}

async function idsBefore(order: ExportRecord, { parts }: ExportProgress, { files }: CollectDeps): Promise<Set<string>> {
  const names = parts.map(({ name }) => name);
  return new Set(await files.idsIn(order.id, names));
}

function filterOf({ filter }: ExportRecord, { stretch, startedAt }: ExportProgress): Condition {
  const edge = new Date(Date.parse(startedAt) - exportLimits.marginSeconds * 1000).toISOString();
  const terms: Condition[] =
    stretch === "quiet"
      ? [{ field: "updatedAt", lte: edge }]
      : [
          { field: "updatedAt", gt: edge },
          { field: "createdAt", lte: startedAt },
        ];
  return { all: [...(filter ? [filter] : []), ...terms] };
}

function guarded(stores: CollectDeps["records"], entity: OwnedEntity, viewer: Viewer): Listed {
  if (entity === "account") return guardRecords(stores.account, "account", viewer);
  if (entity === "contact") return guardRecords(stores.contact, "contact", viewer);
  if (entity === "lead") return guardRecords(stores.lead, "lead", viewer);
  return guardRecords(stores.opportunity, "opportunity", viewer);
}
