import type { Lead } from "@shangji/contracts/leads/schemas";
import type { CountedFor } from "../assignment/ports.ts";
import type { Stored } from "../kit/record.ts";
import type { PoolMove } from "../pools/ports.ts";
import type { TimerLanes } from "../timers/ports.ts";
import type { RowChange } from "../timers/timer-row.ts";
import type { Countdown } from "./countdown.ts";

/** What has happened to a record lately, as far as it tells who has it and whether anybody follows it up. */
export interface Lately {
  /** When a person was last in touch, by the follow-up notes that were written (`touchedAt`). */
  touchedAt?: string;
  /** When and to whom the record was given last, or `nobody`; without `to` it was made or brought back. */
  given?: { at: string; to?: string };
}

/** All that a look at a lead's countdown begins with. */
export interface CountdownStart {
  lead: Stored<Lead> | undefined;
  countdown: Countdown | undefined;
  counted: CountedFor | undefined;
  /** How many notes the lead has had: of two who read the same number, neither has missed one that the other knows of. */
  notes: number;
}

/** A lead that goes to a pool, all or nothing. */
export interface Recycling {
  move: PoolMove<Lead>;
  countdown: RowChange<Countdown>;
  notes: number;
}

/** The countdowns of leads. */
export interface Countdowns extends TimerLanes {
  /** Strongly consistent. */
  start(leadId: string): Promise<CountdownStart>;
  /** What has happened to a lead since an instant. Strongly consistent; changes of owners are a moment late in it, notes are not. */
  lately(leadId: string, from: string): Promise<Lately>;
  /** May be a moment old. */
  countdownOf(leadId: string): Promise<Countdown | undefined>;
  /** Answers false, and changes nothing, when the countdown is not what was read. */
  save(change: RowChange<Countdown>): Promise<boolean>;
  /** `changed`, and nothing is written, when the lead, the countdown or its count is not what was read, or a note was written since. */
  recycle(recycling: Recycling): Promise<"written" | "changed">;
}
