/**
 * A spreadsheet runs a cell as a formula when it begins with = + - @ (also in full width), even behind spaces, control
 * characters or a zero-width mark. Apostrophes in front are part of the pattern, so that guarding can be undone exactly.
 */
const formula = /^'*(?:[\t\r\n]|[\s\p{Cc}\p{Cf}\p{Z}]*[=+\-@＝＋－＠])/u;
/** A negative number is one to a spreadsheet as well: nothing is run, and text could not be summed up. */
const negative = /^'*-\d+(?:\.\d+)?$/;
/**
 * Where the list separator of a machine is a semicolon, a spreadsheet cuts lines there, and
 * at line ends, as it knows no quotes in the middle of a cell. So what stands behind one is looked at like a cell.
 */
const pieces = /(?<=[;\r\n])/u;

function isFormula(piece: string): boolean {
  return formula.test(piece) && !negative.test(piece);
}

/** Makes a cell inert for spreadsheets by apostrophes; all other cells stay as they are, negative numbers too. */
export function guardCell(cell: string): string {
  return inPieces(cell, (piece) => (isFormula(piece) ? `'${piece}` : piece));
}

/** Takes the guard off again: `restoreCell(guardCell(cell)) === cell` for every cell. */
export function restoreCell(cell: string): string {
  return inPieces(cell, (piece) => (piece.startsWith("'") && isFormula(piece.slice(1)) ? piece.slice(1) : piece));
}

function inPieces(cell: string, change: (piece: string) => string): string {
  // Most cells are one piece, and a file has millions.
  return /[;\r\n]/.test(cell) ? cell.split(pieces).map(change).join("") : change(cell);
}
