/** Bounds of an import. They keep a worker's memory flat whatever is uploaded; the README of this folder explains each. */
export const importLimits = {
  /** Size of the uploaded file. */
  fileBytes: 200 * 1024 * 1024,
  /** Rows with data. */
  rows: 1_000_000,
  /** Lines of any kind, blank ones included. */
  records: 2_000_000,
  columns: 500,
  /** One cell as it stands in the file, quotes included. */
  cellBytes: 32 * 1024,
  /** One row as it stands in the file. */
  recordBytes: 1024 * 1024,
  /** A chunk is closed by whichever comes first. */
  chunkRows: 500,
  chunkBytes: 4 * 1024 * 1024,
  /** How often the file may be read again from a quote that is never closed. */
  rewinds: 50,
  /** Rows of one file may refer to each other this many levels deep when they stand in the wrong order. */
  referenceDepth: 25,
  /** How long an upload URL and a link to the errors work. */
  linkSeconds: 3600,
} as const;
