import type { Table } from "@shangji/aws";
import { openImports } from "@shangji/aws/imports/open-imports";
import type { Import, ImportEntity, NewImport } from "@shangji/contracts/imports/schemas";
import type { Viewer } from "@shangji/core/access/viewer";
import { createImport } from "@shangji/core/imports/create-import";
import { getImport } from "@shangji/core/imports/get-import";
import type { StepDeps } from "@shangji/core/imports/steps/deps";
import { finishImport } from "@shangji/core/imports/steps/finish-import";
import { prepareImport } from "@shangji/core/imports/steps/prepare-import";
import { runChunk } from "@shangji/core/imports/steps/run-chunk";
import type { OrganizationSettings } from "@shangji/core/organization/ports";
import { type TestClock, testClock, testContext, testViewer } from "../world.ts";
import { type MemoryFiles, memoryFiles } from "./memory-files.ts";

export const testSettings: OrganizationSettings = { customer: "test", baseCurrency: "USD", zone: "UTC", locale: "en" };

/** Imports on a table, with files in memory and the workflow's steps run one after the other. */
export interface ImportWorld {
  deps: StepDeps;
  files: MemoryFiles;
  clock: TestClock;
  /** Creates an import and uploads its file; answers its id. */
  upload(entity: ImportEntity, csv: string | Uint8Array, input?: Partial<NewImport>): Promise<string>;
  /** Who sends imports and works on them from now on; nobody when they may not enter any more. At first an admin. */
  sendAs(sender: Viewer | undefined): void;
  /** Runs all steps of an uploaded import, as its workflow would. */
  work(id: string): Promise<void>;
  read(id: string): Promise<Import>;
  /** Uploads, works and reads. */
  import(
    entity: ImportEntity,
    csv: string | Uint8Array,
    input?: Partial<NewImport>,
  ): Promise<Import & { errors: string[] }>;
}

export function importWorld(
  table: Table,
  { chunkRows, ...settings }: Partial<OrganizationSettings> & { chunkRows?: number } = {},
): ImportWorld {
  let sender: Viewer | undefined = testViewer();
  const clock = testClock();
  const files = memoryFiles();
  const deps = {
    ...openImports({ table, files, clock, settings: { ...testSettings, ...settings }, country: "CN" }),
    links: files,
    ...(chunkRows === undefined ? {} : { chunkRows }),
    sender: async () => sender,
  };
  const context = testContext({ clock });
  async function upload(entity: ImportEntity, csv: string | Uint8Array, input: Partial<NewImport> = {}) {
    const { id } = await createImport(
      { entity, dryRun: false, ...input },
      { ...deps, context, viewer: sender ?? testViewer() },
    );
    files.upload(id, csv);
    return id;
  }
  async function work(id: string) {
    const { chunks } = await prepareImport({ importId: id }, deps);
    for (let at = 0; at < chunks.length; at += 4) {
      await Promise.all(chunks.slice(at, at + 4).map((chunk) => runChunk(chunk, deps)));
    }
    await finishImport({ importId: id }, deps);
  }
  const read = (id: string) => getImport({ id }, { ...deps, viewer: testViewer() });
  return {
    deps,
    files,
    clock,
    sendAs(viewer) {
      sender = viewer;
    },
    upload,
    work,
    read,
    async import(entity, csv, input) {
      const id = await upload(entity, csv, input);
      clock.advance(1000);
      await work(id);
      const errors = files.text(id, "errors.csv")?.split("\r\n").slice(0, -1) ?? [];
      return { ...(await read(id)), errors };
    },
  };
}
