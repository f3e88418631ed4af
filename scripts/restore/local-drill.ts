import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { totalsTableDefinition } from "@shangji/aws/dynamo/analytics/totals-table";
import { auditTableDefinition } from "@shangji/aws/dynamo/audit/audit-table";
import { createTable } from "@shangji/aws/dynamo/create-table";
import type { Table } from "@shangji/aws/dynamo/kit/client";
import { erasureLedgerIn } from "@shangji/aws/dynamo/protection/erasure-ledger";
import { tableDefinition } from "@shangji/aws/dynamo/table";
import { systemClock } from "@shangji/lambda/settings";
import { localTable } from "../local/seed.ts";
import type { StackFile } from "../stack.ts";
import { copyName, removeCopy } from "./copies.ts";
import { type DrillResult, drill, type Restored } from "./drill.ts";
import { exportTo, imagesInFile, writable } from "./export-file.ts";
import { imagesIn, load } from "./table-images.ts";

export interface LocalDrillOptions {
  store: StackFile["store"];
  /** Folder of exports that were kept. @default they are made now */
  from?: string | undefined;
  /** Folder in which the exports are kept. @default they are removed */
  keep?: string | undefined;
  /** Stands between the copy and its comparison, for tests that alter it. @default nothing */
  onCopied?: (copies: { records: Table; totals: Table }) => Promise<void>;
  tell(line: string): void;
}

const tables = [
  { of: "records", definition: tableDefinition, file: "records.ndjson.gz" },
  { of: "audit trail", definition: auditTableDefinition, file: "audit.ndjson.gz" },
  { of: "totals", definition: totalsTableDefinition, file: "totals.ndjson.gz" },
] as const;

/** The drill on a local stack: exports the tables, makes copies from the exports, and removes the copies afterwards. */
export async function localDrill({ store, from, keep, onCopied, tell }: LocalDrillOptions): Promise<DrillResult> {
  const { name, client } = localTable(store);
  const names = { records: name, "audit trail": store.auditTableName, totals: store.totalsTableName };
  const folder = from ?? keep ?? (await mkdtemp(join(tmpdir(), "shangji-drill-")));
  await mkdir(folder, { recursive: true });
  const restored: Restored[] = [];
  try {
    for (const { of, definition, file } of tables) {
      const path = join(folder, file);
      if (from === undefined) await exportTo(path, imagesIn({ client, name: names[of] }));
      const copy = await createTable(client, copyName(names[of], new Date()), definition);
      restored.push({ of, source: imagesInFile(path), copy });
      await load(copy, written(imagesInFile(path)()));
      tell(`${of}: copied to ${copy.name}`);
    }
    const [records, , totals] = restored;
    if (records && totals) await onCopied?.({ records: records.copy, totals: totals.copy });
    const ledger = erasureLedgerIn({ client, name: store.auditTableName });
    return await drill({ restored, ledger, zone: store.zone, clock: systemClock, tell });
  } finally {
    for (const { copy } of restored) await removeCopy(copy);
    if (from === undefined && keep === undefined) await rm(folder, { recursive: true, force: true });
  }
}

async function* written(images: ReturnType<ReturnType<typeof imagesInFile>>) {
  for await (const image of images) yield writable(image);
}
