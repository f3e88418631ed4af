import type { ErrorCode } from "@shangji/contracts/kit/error-codes";

/** Why a whole file cannot be imported, in words for the person who uploaded it. Ends the import; retrying is of no use. */
export class ImportProblem extends Error {
  override readonly name = "ImportProblem";
}

/** Why one row cannot be imported, in words for the person who reads the errors file. */
export class RowProblem extends Error {
  override readonly name = "RowProblem";
}

/** A row would do what its sender may not do record by record; the code is that of the API's refusal. */
export class RefusedRow extends RowProblem {
  constructor(code: ErrorCode, message: string) {
    super(`${code}: ${message}`);
  }
}

/** A row refers to a record that is not there; it may stand further down in the same file. */
export class UnresolvedReference extends RowProblem {
  readonly field: string;

  constructor(message: string, field: string) {
    super(message);
    this.field = field;
  }
}
