/** Why a whole file cannot be imported, in words for the person who uploaded it. Ends the import; retrying is of no use. */
export class ImportProblem extends Error {
  override readonly name = "ImportProblem";
}

/** Why one row cannot be imported, in words for the person who reads the errors file. */
export class RowProblem extends Error {
  override readonly name = "RowProblem";
}
