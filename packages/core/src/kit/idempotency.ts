/**
 * What a call claims when it carries an Idempotency-Key. Its one write takes the claim in the same transaction, together with
 * what the answer follows from, so that there is no moment at which one is stored without the other.
 */
export interface IdempotencyClaim {
  /** The key within its caller and operation: two callers may use the same one. */
  key: string;
  /** Tells whether a second request with the key is the same request. */
  fingerprint: string;
  /** When the call began. A claim that was taken 24 hours before may be taken anew. */
  at: Date;
  /** What the answer shows besides the record. */
  besides?: object;
  /** What is kept for the answer to a repeat. @default the whole record as it was written */
  keeps?: "version";
  /** How long it stays taken. @default 24 hours */
  keptSeconds?: number;
}

/** What was stored by the write that took a claim: the record as it was then, or its id and version alone. */
export interface FirstWrite {
  fingerprint: string;
  /** Absent when the record was a person's who has been erased: nobody gets that answer again. */
  record?: { id: string };
}

/** The claims that have been taken. */
export interface TakenClaims {
  /** The write that has taken this claim, strongly consistent; undefined when there was none in the last 24 hours. */
  find(claim: Pick<IdempotencyClaim, "key" | "at">): Promise<FirstWrite | undefined>;
  /** The same of many claims at once, by key; those that are free are left out. */
  findMany(claims: readonly Pick<IdempotencyClaim, "key" | "at">[]): Promise<Map<string, FirstWrite>>;
}
