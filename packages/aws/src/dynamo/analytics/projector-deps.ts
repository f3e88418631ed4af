import { setTimeout as sleep } from "node:timers/promises";
import type { StageReference } from "@shangji/core/analytics/contributions";
import type { Table } from "../kit/client.ts";

export interface ProjectorDeps {
  table: Table;
  /** Stages of one version of a pipeline, in order; they never change, so they may be cached for good. */
  pipelineStages(pipelineId: string, version: number): Promise<readonly StageReference[]>;
  /** A new name for a journal or an epoch. */
  newId(): string;
  /** From 0 to below 1. */
  random(): number;
  /** Waits before a write is tried again; attempts count from 1. */
  pause(attempt: number): Promise<void>;
  /** Items in a transaction, at least 4. @default 100, the most that DynamoDB takes */
  transactionItems?: number;
}

/** Attempts at one write before the batch is given back to the stream. */
export const maximumAttempts = 12;

const firstPauseMilliseconds = 20;
const longestPauseMilliseconds = 1_000;

/** Pauses that double up to a second, each cut by chance, so that writers that met once do not meet again. */
export function jitteredPause(random: () => number = Math.random): ProjectorDeps["pause"] {
  return async (attempt) => {
    await sleep(random() * Math.min(longestPauseMilliseconds, firstPauseMilliseconds * 2 ** attempt));
  };
}
