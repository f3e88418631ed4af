import { parse } from "csv-parse/sync";
import { importLimits } from "../limits.ts";
import { decode, type Encoding } from "./encoding.ts";
import { restoreCell } from "./formula.ts";
import type { CsvRecord } from "./record-scanner.ts";

/** The cells of one record, or why they cannot be read. */
export type ReadRecord = { cells: string[]; problem?: undefined } | { problem: string; cells?: undefined };

const faults = {
  cell_too_large: `a cell is larger than ${importLimits.cellBytes / 1024} KB`,
  record_too_large: `the row is larger than ${importLimits.recordBytes / 1024 / 1024} MB; is a quote missing?`,
  stray_quote: "a quote is opened and not closed, or has text behind it",
};

/** Decodes and parses records, one answer each, in their order. Formula guards (`'=…`) are taken off. */
export function readCells(
  records: readonly CsvRecord[],
  format: { encoding: Encoding; delimiter: string },
): ReadRecord[] {
  const texts = records.map((record) => (record.bytes ? decode(record.bytes, format.encoding) : undefined));
  const parsed = parseTogether(
    texts.filter((text) => text !== undefined),
    format.delimiter,
  );
  let next = 0;
  return records.map((record, index) => {
    if (record.fault) return { problem: faults[record.fault] };
    if (texts[index] === undefined) return { problem: `the row is not ${format.encoding.toUpperCase()} text` };
    const cells = parsed[next++];
    return cells ? { cells: cells.map(restoreCell) } : { problem: faults.stray_quote };
  });
}

/** Parsing many rows in one call is several times faster; when it does not add up, each is parsed by itself. */
function parseTogether(texts: string[], delimiter: string): (string[] | undefined)[] {
  const together = parseText(texts.join("\n"), delimiter);
  if (together?.length === texts.length) return together;
  return texts.map((text) => {
    const rows = parseText(text, delimiter);
    return rows?.length === 1 ? rows[0] : undefined;
  });
}

function parseText(text: string, delimiter: string): string[][] | undefined {
  try {
    return parse(text, {
      delimiter,
      record_delimiter: ["\r\n", "\n", "\r"],
      relax_quotes: true,
      relax_column_count: true,
      trim: true,
    });
  } catch {
    return undefined;
  }
}
