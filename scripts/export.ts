import { readFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { createClient } from "@shangji/client";
import { OwnedEntity } from "@shangji/contracts/access/schemas";
import { ExportFormat, ExportLanguage } from "@shangji/contracts/exports/schemas";
import { fetchExport, type Order, runExport } from "./exports/run-export.ts";
import { apiAccess } from "./stack.ts";

/** Lists are named in the plural, as in paths. */
const entities = {
  accounts: "account",
  contacts: "contact",
  opportunities: "opportunity",
  leads: "lead",
} as const satisfies Record<string, OwnedEntity>;

const usage = `Usage: npm run export -- FILE --entity ${Object.keys(entities).join("|")} [--format ${ExportFormat.options.join("|")}] [--filter FILE.json] [--view ID] [--fields a,b,c] [--language ${ExportLanguage.options.join("|")}]

  --format    csv, which spreadsheets and our import read, or ndjson, a record a line; default: csv
  --filter    a JSON file with a condition, as in lists
  --view      a saved view
  --fields    default: all that you may see`;

// Exports a list through the API. Ends with 1 when there is no file.
try {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      entity: { type: "string" },
      format: { type: "string", default: "csv" },
      filter: { type: "string" },
      view: { type: "string" },
      fields: { type: "string" },
      language: { type: "string" },
    },
  });
  const [file, ...rest] = positionals;
  const entity = OwnedEntity.safeParse(entities[values.entity as keyof typeof entities]); // undefined for other words
  if (!file || rest.length > 0 || !entity.success) throw new Error(usage);
  const order: Order = {
    entity: entity.data,
    format: ExportFormat.parse(values.format),
    ...(values.filter ? { filter: JSON.parse(await readFile(values.filter, "utf8")) } : {}),
    ...(values.view ? { view: values.view } : {}),
    ...(values.fields ? { fields: values.fields.split(",") } : {}),
    ...(values.language ? { language: ExportLanguage.parse(values.language) } : {}),
  };
  let shown = 0;
  const done = await runExport(createClient(await apiAccess()), {
    order,
    onProgress({ rows }) {
      if (rows > shown) console.log(`${rows.toLocaleString("en")} rows`);
      shown = rows;
    },
  });
  await fetchExport(done, file);
  console.log(`${file}: ${done.rows.toLocaleString("en")} rows, ${(done.bytes ?? 0).toLocaleString("en")} bytes`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
