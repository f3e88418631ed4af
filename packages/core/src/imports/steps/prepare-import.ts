import { EncodingVote, markLength } from "../csv/encoding.ts";
import { readCells } from "../csv/read-cells.ts";
import type { CsvRecord } from "../csv/record-scanner.ts";
import { scanRecords } from "../csv/scan-records.ts";
import type { ImportJob } from "../job.ts";
import { importLimits } from "../limits.ts";
import { planColumns } from "../mapping/columns.ts";
import type { Chunk, FilePlan } from "../plan.ts";
import { ImportProblem } from "../problem.ts";
import type { StepDeps } from "./deps.ts";
import { planName } from "./memory.ts";

export interface Prepared {
  importId: string;
  /** Inputs of the chunks' step; at any size of file small enough for a workflow's payload of 256 KB. */
  chunks: { importId: string; chunk: number }[];
}

/**
 * First step: reads the file through once, checks what concerns all of it and plans the chunks. A file that cannot be imported
 * at all ends the import with its problem. Nothing is kept in memory but the plan.
 */
export async function prepareImport({ importId }: { importId: string }, deps: StepDeps): Promise<Prepared> {
  const nothing = { importId, chunks: [] };
  const job = await deps.store.get(importId);
  if (!job || !(await deps.store.begin(importId, deps.clock.now().toISOString()))) return nothing;
  try {
    const plan = await planFile(job, deps);
    await deps.files.save(importId, planName, JSON.stringify(plan));
    await deps.store.setTotalRows(importId, plan.totalRows);
    return { importId, chunks: plan.chunks.map((_, chunk) => ({ importId, chunk })) };
  } catch (error) {
    if (!(error instanceof ImportProblem)) throw error;
    await deps.store.fail(importId, error.message, deps.clock.now().toISOString());
    return nothing;
  }
}

async function planFile(job: ImportJob, { files, chunkRows = importLimits.chunkRows }: StepDeps): Promise<FilePlan> {
  const source = await files.source(job.id);
  if (!source) throw new ImportProblem("There is no file.");
  const { bytes, etag } = source;
  if (bytes > importLimits.fileBytes) {
    throw new ImportProblem(`The file has ${bytes} bytes; at most ${importLimits.fileBytes} are read.`);
  }
  const mark = await markOf(files.read(job.id, { start: 0, end: Math.min(4, bytes), etag }));
  const planner = new Planner(chunkRows);
  const open = (offset: number) => files.read(job.id, { start: offset, end: bytes, etag });
  if (bytes > mark) {
    const range = { start: mark, delimiter: job.options.delimiter };
    for await (const records of scanRecords(open, range)) for (const record of records) planner.see(record);
  }
  const { header, chunks, totalRows, vote } = planner.result();
  const { encoding: wanted, delimiter } = job.options;
  const encoding = wanted !== "auto" ? wanted : mark > 0 ? "utf-8" : vote;
  const [cells] = readCells([header], { encoding, delimiter });
  if (!cells?.cells) throw new ImportProblem(`The header cannot be read: ${cells?.problem}.`);
  planColumns(cells.cells, job.entity, job.mapping);
  return { etag, encoding, header: cells.cells, totalRows, chunks };
}

async function markOf(head: AsyncIterable<Uint8Array>): Promise<number> {
  const bytes: number[] = [];
  for await (const chunk of head) bytes.push(...chunk);
  return markLength(Uint8Array.from(bytes));
}

/** Counts rows, closes chunks and lets the rows vote on the encoding. */
class Planner {
  readonly #vote = new EncodingVote();
  readonly #chunks: Chunk[] = [];
  readonly #chunkRows: number;
  #header: CsvRecord | undefined;
  #records = 0;
  #totalRows = 0;
  #open: Chunk | undefined;

  constructor(chunkRows: number) {
    this.#chunkRows = chunkRows;
  }

  see(record: CsvRecord): void {
    this.#records++;
    if (this.#records > importLimits.records) {
      throw new ImportProblem(`The file has more than ${importLimits.records} lines.`);
    }
    this.#vote.see(record);
    if (this.#header) this.#row(record);
    else if (!record.blank) this.#header = { ...record, bytes: record.bytes?.slice() };
  }

  result() {
    if (!this.#header) throw new ImportProblem("The file is empty.");
    if (this.#totalRows === 0) throw new ImportProblem("The file has a header and no rows.");
    return { header: this.#header, chunks: this.#chunks, totalRows: this.#totalRows, vote: this.#vote.result() };
  }

  #row(record: CsvRecord): void {
    const last = this.#open;
    const isFull = last && (last.rows >= this.#chunkRows || last.end - last.start >= importLimits.chunkBytes);
    if (!last || isFull) {
      this.#open = { start: record.start, end: record.end, firstRow: this.#records, rows: 0 };
      this.#chunks.push(this.#open);
    }
    const chunk = this.#open;
    if (!chunk) return;
    chunk.end = record.end;
    if (record.blank) return;
    chunk.rows++;
    this.#totalRows++;
    if (this.#totalRows > importLimits.rows) {
      throw new ImportProblem(`The file has more than ${importLimits.rows} rows.`);
    }
  }
}
