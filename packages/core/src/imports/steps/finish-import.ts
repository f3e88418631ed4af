import type { ImportJob } from "../job.ts";
import { importLimits } from "../limits.ts";
import { planColumns } from "../mapping/columns.ts";
import type { FilePlan } from "../plan.ts";
import type { PartResult } from "../ports.ts";
import { ImportProblem } from "../problem.ts";
import type { StepDeps } from "./deps.ts";
import { importRows } from "./import-rows.ts";
import { readChunk } from "./read-chunk.ts";
import { ErrorReport, errorsName, saveLines } from "./report.ts";

/** Last step: imports the rows that had to wait for others, joins the failed rows into one file and ends the import. */
export async function finishImport({ importId }: { importId: string }, deps: StepDeps): Promise<void> {
  const job = await deps.store.get(importId);
  if (job?.status !== "running") return;
  try {
    const plan = await deps.memory.plan(job, deps);
    await importWaiting(job, plan, deps);
    const parts = await deps.store.parts(importId);
    const rows = parts.reduce((sum, part) => sum + part.counts.rows, 0);
    if (rows !== plan.totalRows)
      throw new Error(`import ${importId} has results for ${rows} of ${plan.totalRows} rows`);
    const hasErrors = await joinErrors(job, plan, parts, deps);
    await deps.store.complete(importId, { hasErrors }, deps.clock.now().toISOString());
  } catch (error) {
    if (!(error instanceof ImportProblem)) throw error;
    await deps.store.fail(importId, error.message, deps.clock.now().toISOString());
  }
}

/** Rows of a chunk that had to wait for others, and how many still do. */
interface Late {
  name: string;
  chunk: number;
  rows: Set<number>;
  waiting: number;
}

/**
 * Goes over the waiting rows again, as long as a round brings some of them in, since each may wait for another one. What is left
 * then refers to nothing, or in a circle. A row that is in already is only recognised.
 */
async function importWaiting(job: ImportJob, plan: FilePlan, deps: StepDeps): Promise<void> {
  let open = await lateParts(job, deps);
  let isLast = false;
  for (let round = 1; open.length > 0; round++) {
    const next: Late[] = [];
    // Backwards: a row waits for one further down, so a chain is mostly resolved from its end.
    for (const late of open.toReversed()) {
      const waiting = await importLate(late, { job, plan, isLast }, deps);
      if (waiting > 0) next.unshift({ ...late, waiting });
    }
    isLast = round >= importLimits.referenceDepth || waitingIn(next) === waitingIn(open);
    open = next;
  }
}

const waitingIn = (parts: readonly Late[]) => parts.reduce((sum, { waiting }) => sum + waiting, 0);

async function lateParts(job: ImportJob, { store }: StepDeps): Promise<Late[]> {
  const parts = await store.parts(job.id);
  const done = new Set(parts.map(({ name }) => name));
  return parts
    .filter(({ waiting }) => waiting.length > 0)
    .map(({ name, chunk, waiting }) => ({
      name: `${name}-late`,
      chunk,
      rows: new Set(waiting),
      waiting: waiting.length,
    }))
    .filter(({ name }) => !done.has(name));
}

/** Answers how many rows still wait; keeps the result once none does. */
async function importLate(
  { name, chunk, rows: late }: Late,
  { job, plan, isLast }: { job: ImportJob; plan: FilePlan; isLast: boolean },
  deps: StepDeps,
): Promise<number> {
  const rows = (await readChunk(job, plan, chunk, deps.files)).filter(({ row }) => late.has(row));
  const { counts, lines, waiting } = await importRows(rows, { job, plan, chunk, isLast }, deps);
  if (waiting.length > 0) return waiting.length;
  const errors = await saveLines(job, name, lines, deps.files);
  await deps.store.savePart(job.id, { name, chunk, counts, errors, waiting }, deps.clock.now().toISOString());
  return 0;
}

async function joinErrors(
  job: ImportJob,
  plan: FilePlan,
  parts: readonly PartResult[],
  { files }: StepDeps,
): Promise<boolean> {
  const errors = parts.flatMap((part) => part.errors ?? []);
  if (errors.length === 0) return false;
  const columns = planColumns(plan.header, job.entity, job.mapping);
  await files.join(job.id, errorsName, {
    head: new ErrorReport(plan.header, columns, job.options.delimiter).head(),
    names: errors.map(({ name }) => name),
    bytes: errors.reduce((sum, { bytes }) => sum + bytes, 0),
  });
  return true;
}
