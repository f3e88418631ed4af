import type { CountedFor } from "../assignment/ports.ts";
import type { Stored } from "../kit/record.ts";
import type { PoolMove } from "../pools/ports.ts";
import type { RowChange } from "../timers/timer-row.ts";
import type { Countdown } from "./countdown.ts";

/** What has happened to a record lately, as far as it tells who has it and whether anybody follows it up. */
export interface Lately {
  /** When a person was last in touch, by the follow-up notes that were written (`touchedAt`). */
  touchedAt?: string;
  /** When and to whom the record was given last, or `nobody`; without `to` it was made or brought back. */
  given?: { at: string; to?: string };
}

/** What is known of an account's opportunities. */
export interface DealsOf {
  /** Whether one of them is open. */
  isOpen: boolean;
  /** When one of those that are closed was opened or closed last. */
  lastAt?: string | undefined;
}

/** All that a look at the countdown of a record begins with. */
export interface CountdownStart<T> {
  record: Stored<T> | undefined;
  countdown: Countdown | undefined;
  counted: CountedFor | undefined;
  /** How many notes the record has had: of two who read the same number, neither has missed one that the other knows of. */
  notes: number;
}

/** A record that goes to a pool, all or nothing. */
export interface Recycling<T> {
  move: PoolMove<T>;
  countdown: RowChange<Countdown>;
  notes: number;
}

/** The countdowns of one kind of record. */
export interface Countdowns<T> {
  /** Strongly consistent. */
  start(id: string): Promise<CountdownStart<T>>;
  /** What has happened to a record since an instant. Strongly consistent; changes of owners are a moment late in it, notes are not. */
  lately(id: string, from: string): Promise<Lately>;
  /** What is told to be open is open; one that was opened a moment ago may be missing. */
  dealsOf(accountId: string): Promise<DealsOf>;
  /** May be a moment old. */
  countdownOf(id: string): Promise<Countdown | undefined>;
  /** Answers false, and changes nothing, when the countdown is not what was read. */
  save(change: RowChange<Countdown>): Promise<boolean>;
  /** `changed`, and nothing is written, when the record, the countdown or its count is not what was read, or a note was written since. */
  recycle(recycling: Recycling<T>): Promise<"written" | "changed">;
}
