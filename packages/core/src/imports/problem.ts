/** Why a whole file cannot be imported, in words for the person who uploaded it. Ends the import; retrying is of no use. */
export class ImportProblem extends Error {
  override readonly name = "ImportProblem";
}

/** Why one row cannot be imported, in words for the person who reads the errors file. */
export class RowProblem extends Error {
  override readonly name = "RowProblem";
}

/** A row refers to a record that is not there; it may stand further down in the same file. */
export class UnresolvedReference extends RowProblem {
  readonly field: string;

  constructor(message: string, field: string) {
    super(message);
    this.field = field;
  }
}
