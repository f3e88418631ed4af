import type { Readable } from "node:stream";
import { GetObjectCommand, NoSuchKey } from "@aws-sdk/client-s3";
import { exportDays } from "@shangji/contracts/exports/retention";
import { forgetExport } from "@shangji/core/exports/forget-export";
import type { ExportFiles, ExportRecord, Exports } from "@shangji/core/exports/ports";
import type { Clock } from "@shangji/core/kit/context";
import { entityOf } from "@shangji/core/kit/ids";
import type { ListPosition } from "@shangji/core/kit/record";
import { isOfPersons } from "@shangji/core/protection/personal-data";
import type { Subject, SubjectStore } from "@shangji/core/protection/ports";
import type { Table } from "../dynamo/kit/client.ts";
import { exportFolder, keysBelow } from "../exports/export-files.ts";
import type { Bucket } from "../imports/import-files.ts";
import { mentions } from "./mentions.ts";
import { everyIdOf } from "./merges-of.ts";

export interface ListExportDeps {
  table: Table;
  bucket: Bucket;
  exports: Pick<Exports, "changedSince" | "update">;
  files: Pick<ExportFiles, "remove">;
  clock: Clock;
}

/** An export that still runs may have read the person before their record was closed, so its end is waited for. */
const waitMilliseconds = 5_000;
/** One whose job is lost does not hold up an erasure for ever; what it has left is looked at as it is. */
const longestRunHours = 24;

/**
 * Files of exports of contacts or leads that hold the person, by id or by what they are known by, and of any list for users, who
 * stand in it as owners: removed as a whole, as they are copies that would go within days. Those that end while others are looked at move to the end of the list, and are looked at there.
 */
export function listExportsOf(deps: ListExportDeps): SubjectStore {
  return {
    name: "exports",
    async read(subject) {
      const found: { exportId: string }[] = [];
      let after: ListPosition | undefined;
      do {
        const page = await recent(deps, after);
        for (const order of page.items) if (await holds(order, subject, deps)) found.push({ exportId: order.id });
        after = page.next;
      } while (after);
      return found;
    },
    async erase(subject, position) {
      const { items, next } = await recent(deps, position?.after as ListPosition | undefined); // made below
      const [order] = items;
      if (order && mayHold(order, subject) && isUnderWay(order, deps)) {
        await new Promise((resolve) => setTimeout(resolve, waitMilliseconds));
        return { items: 0, next: position ?? {} };
      }
      const isHeld = order !== undefined && (await holds(order, subject, deps));
      if (isHeld) await forgetExport(order, deps);
      return { items: isHeld ? 1 : 0, ...(next ? { next: { after: next } } : {}) };
    },
  };
}

/** One at a time: its file is read through. */
function recent({ exports, clock }: ListExportDeps, after: ListPosition | undefined) {
  // S3 removes files once a day.
  const first = new Date(clock.now().getTime() - (exportDays + 2) * 86_400_000);
  return exports.changedSince(first.toISOString(), { limit: 1, after });
}

function mayHold({ entity }: ExportRecord, { id }: Subject): boolean {
  return isOfPersons(entity) || entityOf(id) === "user";
}

function isUnderWay({ status, createdAt }: ExportRecord, { clock }: ListExportDeps): boolean {
  const hours = (clock.now().getTime() - Date.parse(createdAt)) / 3_600_000;
  return status === "running" && hours < longestRunHours;
}

async function holds(order: ExportRecord, subject: Subject, deps: ListExportDeps): Promise<boolean> {
  const { id, traits } = subject;
  if (!mayHold(order, subject)) return false;
  const ids = await everyIdOf(deps.table, id);
  for (const key of await keysBelow(deps.bucket, exportFolder(order.id))) {
    const bytes = await readObject(deps.bucket, key);
    if (bytes && (await mentions(bytes, traits, ids))) return true;
  }
  return false;
}

async function readObject(
  { client, name: Bucket }: Bucket,
  Key: string,
): Promise<AsyncIterable<Uint8Array> | undefined> {
  try {
    const { Body } = await client.send(new GetObjectCommand({ Bucket, Key }));
    return Body as Readable; // the SDK's body on Node
  } catch (error) {
    if (error instanceof NoSuchKey) return undefined;
    throw error;
  }
}
