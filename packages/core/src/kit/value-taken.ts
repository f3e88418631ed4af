import { DomainError } from "./domain-error.ts";

/** A unique value that another record has. */
export interface TakenValue {
  field: string;
  /** Not for everyone's eyes: whoever shows the error decides whether its caller may know the record. */
  recordId: string;
}

/** The refusal of a write that wanted unique values of others. Its public part does not say whose they are. */
export class ValueTaken extends DomainError {
  readonly taken: readonly TakenValue[];

  constructor(taken: readonly TakenValue[], options: { cause?: unknown } = {}) {
    super("duplicate_value", "Another record already has this unique value.", options);
    this.taken = taken;
  }

  /** The same refusal, with the records among `known` named in its public part. */
  naming(known: ReadonlyMap<string, unknown>): DomainError {
    const failures = this.taken.filter(({ recordId }) => known.has(recordId));
    return new DomainError(this.code, this.message, { failures, cause: this });
  }
}
