import { DomainError } from "./domain-error.ts";

/** A unique value that another record has. */
export interface TakenValue {
  field: string;
  /** Not for everyone's eyes: whoever shows the error decides whether its caller may know the record. */
  recordId: string;
}

/** Begins the field of a value that is held because records are compared by it. */
export const matchPrefix = "match.";

/**
 * The refusal of a write that wanted unique values of others: `duplicate` when records are only alike, else
 * `duplicate_value`. Its public part does not say whose they are.
 */
export class ValueTaken extends DomainError {
  readonly taken: readonly TakenValue[];

  constructor(taken: readonly TakenValue[], options: { cause?: unknown } = {}) {
    const isLikeness = taken.length > 0 && taken.every(({ field }) => field.startsWith(matchPrefix));
    if (isLikeness) super("duplicate", "A record like this one is there already.", options);
    else super("duplicate_value", "Another record already has this unique value.", options);
    this.taken = taken;
  }

  /** The same refusal, with the records among `known` named in its public part. */
  naming(known: ReadonlyMap<string, object>): DomainError {
    const failures = this.taken.flatMap(({ field, recordId }): object[] => {
      const record: { name?: string } | undefined = known.get(recordId);
      if (!record) return [];
      return field.startsWith(matchPrefix)
        ? [{ id: recordId, name: record.name, matchedBy: [field.slice(matchPrefix.length)] }]
        : [{ field, recordId }];
    });
    return new DomainError(this.code, this.message, { failures, cause: this });
  }
}
