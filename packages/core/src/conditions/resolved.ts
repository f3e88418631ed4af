import type { Field } from "./field.ts";

export type Scalar = string | number | boolean;

/** One end of a range. */
export interface End {
  value: string | number;
  inclusive: boolean;
}

/** What a value must be; every operator comes down to one of these. */
export type Test =
  | { is: "in"; values: ReadonlySet<Scalar> }
  | { is: "within"; from?: End; to?: End }
  | { is: "prefixed"; text: string }
  | { is: "present"; present: boolean };

/** A field and what must all hold of it. */
export interface Term {
  name: string;
  field: Field;
  /** Judges only amounts in this currency, as they are. */
  currency?: string;
  tests: readonly Test[];
}

/**
 * A condition that knows its fields, with every relative value worked out for one reader at one time, and texts folded.
 * Only `resolveCondition` makes one.
 */
export type Resolved =
  | { form: "all" | "any"; parts: readonly Resolved[] }
  | { form: "not"; part: Resolved }
  | { form: "term"; term: Term };
