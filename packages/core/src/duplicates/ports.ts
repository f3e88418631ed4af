import type { DuplicatePolicy } from "@shangji/contracts/duplicates/schemas";
import type { Stored } from "../kit/record.ts";
import type { Setting } from "../kit/setting.ts";
import type { MatchKey } from "./match-keys.ts";

/** The organisation's policy on duplicates. */
export type DuplicatePolicies = Setting<DuplicatePolicy>;

/** A record with a key that was looked for. */
export interface Match<T> {
  record: Stored<T>;
  /** Whether the caller may read it: one that may not be read can stand in the way, and is not shown. */
  isReadable: boolean;
}

/** Finds living records by what they are compared by. The index lags behind writes a little. */
export interface MatchStore<T> {
  /** Records with this key, twenty-five at most. */
  findMatches(key: MatchKey): Promise<Match<T>[]>;
}
