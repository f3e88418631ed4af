import type { RowContext } from "../entities/importer.ts";
import { importers } from "../entities/importers.ts";
import { type Counts, emptyCounts, type ImportJob } from "../job.ts";
import { type ColumnPlan, planColumns, type RowValues, valuesOf } from "../mapping/columns.ts";
import type { FilePlan } from "../plan.ts";
import { RefusedRow, RowProblem } from "../problem.ts";
import { shorten } from "../references/references.ts";
import { type Judge, judgeOf } from "../rows/judge.ts";
import { type Outcome, type PendingRow, processRows } from "../rows/process-rows.ts";
import type { StepDeps } from "./deps.ts";
import type { FileRow } from "./read-chunk.ts";
import { ErrorReport } from "./report.ts";

/** What has become of some rows. */
export interface Imported {
  counts: Counts;
  /** Lines for the errors file. */
  lines: string[];
  waiting: number[];
}

/** Imports rows of a chunk. With `isLast`, rows that refer to others that never came have failed. */
export async function importRows(
  rows: readonly FileRow[],
  { job, plan, chunk, isLast }: { job: ImportJob; plan: FilePlan; chunk: number; isLast: boolean },
  deps: StepDeps,
): Promise<Imported> {
  const columns = planColumns(plan.header, job.entity, job.mapping);
  const { settings, rates, duplicates, records, writer, memory, clock } = deps;
  const judge = judgeOf(await deps.sender(job), job);
  const known = await memory.known(job, judge, deps);
  const context: RowContext = { job, settings, rates, known, judge, duplicates, at: clock.now().toISOString() };
  const outcomes = new Map<number, Outcome>();
  const drafts: PendingRow[] = [];
  for (const { row, cells, problem } of rows) {
    try {
      if (problem !== undefined) throw new RowProblem(problem);
      const values = valuesOf(cells, columns);
      const refusal = refusalOf(values, plan.header, columns, judge);
      drafts.push({ row, draft: importers[job.entity].read(values, context), refusal });
    } catch (error) {
      if (!(error instanceof RowProblem)) throw error;
      outcomes.set(row, { is: "failed", problem: error.message });
    }
  }
  const run = { context, chunk, accounts: known.accounts, records, writer };
  for (const [row, outcome] of await processRows(drafts, run)) outcomes.set(row, outcome);
  return summary(rows, outcomes, new ErrorReport(plan.header, columns, job.options.delimiter), isLast);
}

/** Names the columns that give a value to a field that the sender may not write. */
function refusalOf(
  values: RowValues,
  header: readonly string[],
  { columns }: ColumnPlan,
  judge: Judge,
): RefusedRow | undefined {
  const frozen = judge.frozen(values.keys());
  if (frozen.length === 0) return undefined;
  const names = frozen.map((field) => header[columns.find((column) => column.field === field)?.index ?? -1] ?? field);
  return new RefusedRow("field_not_allowed", `your role may not write ${names.map(quoted).join(", ")}`);
}

const quoted = (name: string) => `“${shorten(name)}”`;

function summary(
  rows: readonly FileRow[],
  outcomes: ReadonlyMap<number, Outcome>,
  report: ErrorReport,
  isLast: boolean,
): Imported {
  const result: Imported = { counts: { ...emptyCounts }, lines: [], waiting: [] };
  for (const row of rows) {
    const outcome = outcomes.get(row.row);
    if (!outcome) throw new Error(`row ${row.row} has no outcome`);
    if (outcome.is === "waiting" && !isLast) {
      result.waiting.push(row.row);
      continue;
    }
    result.counts.rows++;
    if (outcome.isDuplicate) result.counts.duplicates++;
    if (outcome.is === "failed" || outcome.is === "waiting") {
      result.counts.failed++;
      result.lines.push(report.line(row, outcome.problem));
    } else {
      result.counts[outcome.is]++;
    }
  }
  return result;
}
