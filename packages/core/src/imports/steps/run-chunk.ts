import { ImportProblem } from "../problem.ts";
import type { StepDeps } from "./deps.ts";
import { importRows } from "./import-rows.ts";
import { readChunk } from "./read-chunk.ts";
import { saveLines } from "./report.ts";

/** Imports one chunk. Running it again changes nothing more; after a crash it goes on where the first run has stopped. */
export async function runChunk(
  { importId, chunk }: { importId: string; chunk: number },
  deps: StepDeps,
): Promise<{ chunk: number; rows: number; failed: number }> {
  const name = partName(chunk);
  const job = await deps.store.get(importId);
  if (job?.status !== "running" || (await deps.store.hasPart(importId, name))) return { chunk, rows: 0, failed: 0 };
  try {
    const plan = await deps.memory.plan(job, deps);
    const rows = await readChunk(job, plan, chunk, deps.files);
    const { counts, lines, waiting } = await importRows(rows, { job, plan, chunk, isLast: false }, deps);
    const errors = await saveLines(job, name, lines, deps.files);
    await deps.store.savePart(importId, { name, chunk, counts, errors, waiting }, deps.clock.now().toISOString());
    return { chunk, rows: counts.rows, failed: counts.failed };
  } catch (error) {
    if (!(error instanceof ImportProblem)) throw error;
    await deps.store.fail(importId, error.message, deps.clock.now().toISOString());
    return { chunk, rows: 0, failed: 0 };
  }
}

/** Names sort like the chunks of the file. */
export const partName = (chunk: number) => String(chunk).padStart(5, "0");
