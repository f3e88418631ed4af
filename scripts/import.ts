import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { parseArgs } from "node:util";
import { createClient } from "@shangji/client";
import { ImportEntity, ImportMapping, ImportOptions } from "@shangji/contracts/imports/schemas";
import { importProgress } from "./imports/progress.ts";
import { runImport } from "./imports/run-import.ts";
import { apiAccess } from "./stack.ts";

const usage = `Usage: npm run import -- FILE --entity ${ImportEntity.options.join("|")} [--mapping FILE.json] [--options JSON] [--dry-run]

  --mapping  a JSON file {"columns": {"column": "field", …}, "constants": {…}}; without it columns go by their names
  --options  JSON, e.g. '{"dateFormat":"us","onExisting":"skip"}'
  --dry-run  only counts what would happen`;

// Imports a CSV through the API. Ends with 1 when nothing could be imported, with 2 when rows have failed.
try {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      entity: { type: "string" },
      mapping: { type: "string" },
      options: { type: "string" },
      "dry-run": { type: "boolean", default: false },
    },
  });
  const [file, ...rest] = positionals;
  const entity = ImportEntity.safeParse(values.entity);
  if (!file || rest.length > 0 || !entity.success) throw new Error(usage);
  const progress = importProgress(basename(file));
  const last = await runImport(createClient(await apiAccess()), {
    file,
    input: {
      entity: entity.data,
      dryRun: values["dry-run"],
      ...(values.mapping ? { mapping: ImportMapping.parse(JSON.parse(await readFile(values.mapping, "utf8"))) } : {}),
      ...(values.options ? { options: ImportOptions.parse(JSON.parse(values.options)) } : {}),
    },
    onProgress: progress.show,
  });
  progress.end(last);
  if (last.errorsUrl) console.log(`Failed rows with their reasons (the link works for an hour):\n${last.errorsUrl}`);
  if (last.status === "failed") process.exitCode = 1;
  else if (last.counts.failed > 0) process.exitCode = 2;
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
