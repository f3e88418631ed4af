import { createHash } from "node:crypto";
import { writeLine } from "../csv/write-line.ts";
import type { ImportJob } from "../job.ts";
import type { ColumnPlan } from "../mapping/columns.ts";
import type { ImportFiles } from "../ports.ts";
import type { FileRow } from "./read-chunk.ts";

/** Name of the file of failed rows. */
export const errorsName = "errors.csv";

/**
 * The columns of the errors file: those of the upload, then the row's number and the reason. Columns of an errors file that is
 * uploaded again, corrected, make place for the new ones.
 */
export class ErrorReport {
  readonly #kept: number[];
  readonly #header: string[];
  readonly #delimiter: string;

  constructor(header: readonly string[], plan: ColumnPlan, delimiter: string) {
    const isUsed = (index: number) => plan.columns.some((column) => column.index === index);
    this.#kept = [...header.keys()].filter((index) => isUsed(index) || !["row", "error"].includes(header[index] ?? ""));
    const names = this.#kept.map((index) => header[index] ?? "");
    const own = ["row", "error"].map((name) => (names.includes(name) ? `import ${name}` : name));
    this.#header = [...names, ...own];
    this.#delimiter = delimiter;
  }

  /** With a mark, so that spreadsheets read it as UTF-8. */
  head(): string {
    return `\uFEFF${writeLine(this.#header, this.#delimiter)}`;
  }

  line({ row, cells }: FileRow, problem: string): string {
    const kept = this.#kept.map((index) => cells[index] ?? "");
    return writeLine([...kept, String(row), problem], this.#delimiter);
  }
}

/**
 * Keeps the lines of a part. The name follows from the text, so that two runs of the same step that see different things do not
 * overwrite each other; the one whose result is kept names its own.
 */
export async function saveLines(
  job: ImportJob,
  part: string,
  lines: readonly string[],
  files: ImportFiles,
): Promise<{ name: string; bytes: number } | undefined> {
  if (lines.length === 0) return undefined;
  const text = lines.join("");
  const digest = createHash("sha256").update(text).digest("hex").slice(0, 12);
  const name = `errors/${part}-${digest}.csv`;
  await files.save(job.id, name, text);
  return { name, bytes: new TextEncoder().encode(text).length };
}
