import type { OwnedEntity } from "@shangji/contracts/access/schemas";
import type { ImportCounts, ImportEntity } from "@shangji/contracts/imports/schemas";
import type * as z from "zod";
import { kindOf } from "../imports/job.ts";
import { entityOf } from "../kit/ids.ts";
import type { Telling } from "./telling.ts";

/** What is looked at of an event about work that somebody has asked for. */
export interface JobEvent {
  type: string;
  occurredAt: string;
  actor: { id: string };
  data: {
    id: string;
    /** Who asked for an export. */
    ownerId?: string;
    /** Who asked for an import, or on behalf of a person. */
    createdBy?: string;
    entity?: OwnedEntity | ImportEntity;
    dryRun?: boolean;
    rows?: number;
    counts?: z.infer<typeof ImportCounts>;
  };
}

/** Tells whoever has asked for an export, an import or a person's data that it is over. Machines ask for its progress. */
export function finishedJob(event: JobEvent): Telling | undefined {
  const told = whatOf(event);
  const { data, occurredAt: at, actor } = event;
  const recipientId = data.ownerId ?? data.createdBy ?? "";
  if (!told || entityOf(recipientId) !== "user") return undefined;
  return { ...told, recipientId, actorId: actor.id, at, ownerOnly: false };
}

function whatOf({ type, data }: JobEvent): Pick<Telling, "kind" | "subject" | "records" | "counts"> | undefined {
  const { id, entity, dryRun, rows: count = 0 } = data;
  const records = entity && (isOfImport(entity) ? kindOf[entity] : entity);
  const { rows = 0, created = 0, updated = 0, failed = 0 } = data.counts ?? {};
  const ofImport = {
    subject: { entity: "import", id },
    records,
    counts: { count: rows, created, updated, failed },
  } as const;
  const ofExport = { subject: { entity: "export", id }, records } as const;
  if (type === "export.completed.v1") return { ...ofExport, kind: "export_completed", counts: { count } };
  if (type === "export.failed.v1") return { ...ofExport, kind: "export_failed" };
  if (type === "import.completed.v1") return { ...ofImport, kind: dryRun ? "import_tried" : "import_completed" };
  if (type === "import.failed.v1") return { ...ofImport, kind: "import_failed" };
  if (type !== "data_subject_request.failed.v1") return undefined;
  return { kind: "data_subject_request_failed", subject: { entity: "dataSubjectRequest", id } };
}

function isOfImport(entity: OwnedEntity | ImportEntity): entity is ImportEntity {
  return entity in kindOf;
}
