import type { Encoding } from "./csv/encoding.ts";

/** A run of rows that one worker imports. */
export interface Chunk {
  /** Bytes of the file, end excluded. */
  start: number;
  end: number;
  /** Line number of the first record, as a spreadsheet counts: the header is 1, blank lines count. */
  firstRow: number;
  /** Rows with data. */
  rows: number;
}

/** What reading the file through has found out; workers need nothing else. */
export interface FilePlan {
  /** Names the uploaded bytes: workers refuse to go on when another file stands in their place. */
  etag: string;
  encoding: Encoding;
  header: string[];
  totalRows: number;
  chunks: Chunk[];
}
