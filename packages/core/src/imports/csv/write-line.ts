import { stringify } from "csv-stringify/sync";
import { guardCell } from "./formula.ts";

/** Writes one CSV line with CRLF; cells that a spreadsheet would run as a formula are guarded. */
export function writeLine(cells: readonly string[], delimiter: string): string {
  return stringify([cells.map(guardCell)], {
    delimiter,
    record_delimiter: "windows",
    quoted_match: /[\r\n;\t]|^\s|\s$/,
  });
}
