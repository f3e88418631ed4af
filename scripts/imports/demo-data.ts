import { access, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Client, Output } from "@shangji/client";
import { ImportMapping, ImportOptions } from "@shangji/contracts/imports/schemas";
import { importProgress } from "./progress.ts";
import { type Import, runImport } from "./run-import.ts";

/** The files of a folder like Maven's “CRM Sales Opportunities”, in the order in which they refer to each other. */
const files = [
  { entity: "users", file: "sales_teams.csv" },
  { entity: "accounts", file: "accounts.csv" },
  { entity: "products", file: "products.csv" },
  { entity: "opportunities", file: "sales_pipeline.csv" },
] as const;

const mappings = join(import.meta.dirname, "..", "mappings", "crm-maven");
const options = ImportOptions.parse({ externalIdSource: "crm-maven" });

export type Pipeline = Output<"getPipeline">;

/** Imports the folder; answers the import of the opportunities. @throws Error with a clear line */
export async function importDemoData(client: Client, folder: string, pipeline: Pipeline): Promise<Import> {
  for (const { file } of files) {
    await access(join(folder, file)).catch(() => {
      throw new Error(`${folder} has no ${file}.`);
    });
  }
  let last: Import | undefined;
  for (const { entity, file } of files) {
    const mapping = ImportMapping.parse(JSON.parse(await readFile(join(mappings, `${entity}.json`), "utf8")));
    if (entity === "opportunities") mapping.constants.pipeline = pipeline.id;
    const progress = importProgress(entity);
    const input = { entity, mapping, options, dryRun: false };
    last = await runImport(client, { file: join(folder, file), input, onProgress: progress.show });
    progress.end(last);
    if (last.status === "failed") throw new Error(`The import of ${file} failed: ${last.problem}`);
    if (last.counts.failed > 0) throw new Error(`${last.counts.failed} rows of ${file} failed: ${last.errorsUrl}`);
  }
  if (!last) throw new Error("There was nothing to import.");
  return last;
}

const stages = [
  { name: { en: "Prospecting" }, type: "open" },
  { name: { en: "Engaging" }, type: "open" },
  { name: { en: "Won" }, type: "won" },
  { name: { en: "Lost" }, type: "lost" },
] as const;

/** The pipeline of the deals: the one with their stages, else a new one, which becomes the default. */
export async function demoPipeline(client: Client): Promise<Pipeline> {
  for await (const pipeline of client.each("listPipelines", { query: {} })) {
    const isOurs =
      pipeline.stages.length === stages.length &&
      pipeline.stages.every(
        ({ name, type }, index) => name.en === stages[index]?.name.en && type === stages[index]?.type,
      );
    if (isOurs) return pipeline;
  }
  return client.call("createPipeline", { body: { name: { en: "Sales" }, isDefault: true, stages: [...stages] } });
}
