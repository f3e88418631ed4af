/**
 * A spreadsheet runs a cell as a formula when it begins with = + - @ (also in full width), even behind spaces, control
 * characters or a zero-width mark. Apostrophes in front are part of the pattern, so that guarding can be undone exactly.
 */
const formula = /^'*(?:[\t\r\n]|[\s\p{Cc}\p{Cf}\p{Z}]*[=+\-@＝＋－＠])/u;
/** A negative number is one to a spreadsheet as well: nothing is run, and text could not be summed up. */
const negative = /^'*-\d+(?:\.\d+)?$/;

function isFormula(cell: string): boolean {
  return formula.test(cell) && !negative.test(cell);
}

/** Makes a cell inert for spreadsheets by an apostrophe in front; all other cells stay as they are, negative numbers too. */
export function guardCell(cell: string): string {
  return isFormula(cell) ? `'${cell}` : cell;
}

/** Takes the guard off again: `restoreCell(guardCell(cell)) === cell` for every cell. */
export function restoreCell(cell: string): string {
  return cell.startsWith("'") && isFormula(cell.slice(1)) ? cell.slice(1) : cell;
}
