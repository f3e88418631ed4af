import type { Viewer } from "../../access/viewer.ts";
import { writeLine } from "../../imports/csv/write-line.ts";
import type { Exported } from "../collect.ts";
import type { ExportRecord } from "../ports.ts";
import { columnsFor } from "./columns.ts";
import { type NameDeps, namesFor } from "./names.ts";

/** Excel takes a file without it for one in the encoding of the machine, which in China is GBK. */
const byteOrderMark = "\uFEFF";
const delimiter = ",";

export interface TextDeps extends NameDeps {
  /** Of amounts that have none of their own. */
  baseCurrency: string;
}

/** What a file begins with. */
export function headOf({ entity, format }: Pick<ExportRecord, "entity" | "format">, fields: readonly string[]): string {
  if (format === "ndjson") return "";
  const headers = columnsFor(entity, fields).map(({ header }) => header);
  return byteOrderMark + writeLine(headers, delimiter);
}

/** Records as lines of the file, in their order. */
export async function textOf(
  records: readonly Exported[],
  { order, fields, viewer }: { order: ExportRecord; fields: readonly string[]; viewer: Viewer },
  deps: TextDeps,
): Promise<string> {
  const { entity, format, language } = order;
  if (format === "ndjson") return records.map((record) => jsonLine(record, fields)).join("");
  const names = await namesFor(accountsIn(records, fields), { viewer, language }, deps);
  const context = { names, baseCurrency: deps.baseCurrency };
  const columns = columnsFor(entity, fields);
  return records
    .map((record) =>
      writeLine(
        // The columns are those of the records' kind.
        columns.map(({ cell }) => String(cell(record as never, context) ?? "")),
        delimiter,
      ),
    ) // of the columns' kind
    .join("");
}

/** A record as a list of the API shows it, its fields in the same order on every line. */
function jsonLine(record: Exported, fields: readonly string[]): string {
  const whole = record as Readonly<Record<string, unknown>>; // records are read by name
  return `${JSON.stringify(Object.fromEntries(["id", ...fields].map((field) => [field, whole[field]])))}\n`;
}

function accountsIn(records: readonly Exported[], fields: readonly string[]): string[] {
  const referring = ["accountId", "parentId"].filter((field) => fields.includes(field));
  const ids = (records as readonly Readonly<Record<string, unknown>>[]).flatMap(
    (
      record, // records are read by name
    ) => referring.flatMap((field) => (typeof record[field] === "string" ? [record[field]] : [])),
  );
  return [...new Set(ids)];
}
