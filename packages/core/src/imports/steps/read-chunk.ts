import { readCells } from "../csv/read-cells.ts";
import { scanRecords } from "../csv/scan-records.ts";
import type { ImportJob } from "../job.ts";
import type { FilePlan } from "../plan.ts";
import type { ImportFiles } from "../ports.ts";

/** A row of the file: its cells, one for each column of the header, or why they cannot be used. */
export interface FileRow {
  row: number;
  cells: string[];
  problem: string | undefined;
}

/** Reads the rows of one chunk. Holds no more than the chunk. */
export async function readChunk(job: ImportJob, plan: FilePlan, index: number, files: ImportFiles): Promise<FileRow[]> {
  const chunk = plan.chunks[index];
  if (!chunk) throw new Error(`import ${job.id} has no chunk ${index}`);
  const { delimiter } = job.options;
  const open = (offset: number) => files.read(job.id, { start: offset, end: chunk.end, etag: plan.etag });
  const rows: FileRow[] = [];
  let row = chunk.firstRow;
  for await (const records of scanRecords(open, { start: chunk.start, delimiter })) {
    const numbered = records.map((record) => ({ record, row: row++ })).filter(({ record }) => !record.blank);
    const read = readCells(
      numbered.map(({ record }) => record),
      { encoding: plan.encoding, delimiter },
    );
    for (const [position, { cells, problem }] of read.entries()) {
      rows.push(fileRow(numbered[position]?.row ?? 0, cells ?? [], problem, plan.header.length));
    }
  }
  return rows;
}

function fileRow(row: number, cells: string[], problem: string | undefined, columns: number): FileRow {
  if (problem !== undefined || cells.length === columns) return { row, cells, problem };
  return { row, cells, problem: `the row has ${cells.length} cells, the header has ${columns}` };
}
