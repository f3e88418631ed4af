import type { Lead } from "@shangji/contracts/leads/schemas";
import type { NewBehaviourEvent } from "@shangji/contracts/scoring/behaviour";
import type { ScoringProgress } from "@shangji/contracts/scoring/schemas";
import type { IdempotencyClaim } from "../kit/idempotency.ts";
import type { ListPosition, Stored } from "../kit/record.ts";
import type { BehaviourEvent } from "./engagement.ts";
import type { KeptScore } from "./kept-score.ts";

/** An event of a lead as it is kept. */
export interface KeptEvent extends Pick<NewBehaviourEvent, "source" | "id" | "type" | "occurredAt" | "data"> {
  leadId: string;
  /** When it has lost its worth, and goes by itself. */
  until: string;
}

/** A score to be written, on condition that lead and score are what was read. */
export interface ScoreWrite {
  lead: Stored<Lead>;
  was: KeptScore | undefined;
  becomes: KeptScore;
}

/** `changed`: lead or score are not what was read. `known`: the event has been counted. In both cases nothing was written. */
export type EventWritten = "written" | "changed" | "known";

export interface Scores {
  /** What scoring a lead begins with. Strongly consistent; the lead is missing when it is deleted. */
  start(leadId: string): Promise<{ lead: Stored<Lead> | undefined; kept: KeptScore | undefined }>;
  /** Events of a lead, the latest so many of them. Strongly consistent. */
  events(leadId: string, most: number): Promise<BehaviourEvent[]>;
  save(write: ScoreWrite): Promise<Exclude<EventWritten, "known">>;
  /** Keeps an event and the score that it makes, in one transaction, if the event is not known yet. */
  record(event: KeptEvent, write: ScoreWrite, claim?: IdempotencyClaim): Promise<EventWritten>;
  /** May be a moment old. */
  of(leadId: string): Promise<KeptScore | undefined>;
  /** Of many leads, by their ids; those without a score are left out. May be a moment old. */
  ofMany(leadIds: readonly string[]): Promise<ReadonlyMap<string, KeptScore>>;
}

/** How far scoring all leads has come, as it is kept. */
export interface KeptProgress extends Omit<ScoringProgress, "state" | "startedAt" | "updatedAt"> {
  /** Grows by one with each write, from 1. */
  revision: number;
  state: Exclude<ScoringProgress["state"], "waiting">;
  startedAt: string;
  updatedAt: string;
  /** Where the list of leads goes on. */
  after?: ListPosition | undefined;
}

export interface Recomputes {
  /** Strongly consistent. */
  get(): Promise<KeptProgress | undefined>;
  /** May be up to 30 seconds old. */
  cached(): Promise<KeptProgress | undefined>;
  /** Answers whether it was written: not if somebody else has come further. */
  save(progress: KeptProgress): Promise<boolean>;
}
