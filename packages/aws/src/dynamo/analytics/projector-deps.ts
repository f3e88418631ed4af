import { setTimeout as sleep } from "node:timers/promises";
import type { PipelineStages } from "@shangji/core/analytics/contributions";
import type { Clock } from "@shangji/core/kit/context";
import type { Table } from "../kit/client.ts";
import type { OpenJournals } from "./open-journals.ts";

export interface ProjectorDeps {
  table: Table;
  clock: Clock;
  /** May be cached for good. */
  pipelineStages: PipelineStages;
  /** A new name for a journal or an epoch. */
  newId(): string;
  /** From 0 to below 1. */
  random(): number;
  /** Waits before a write is tried again; attempts count from 1. */
  pause(attempt: number): Promise<void>;
  /** Where journals stay open between batches. @default each batch applies its own */
  open?: OpenJournals;
  /** Items in a transaction, at least 4. @default 100, the most that DynamoDB takes */
  transactionItems?: number;
}

/** Most items in a transaction of DynamoDB. */
export const transactionLimit = 100;

/** Attempts at one write before the batch is given back to the stream. */
const maximumAttempts = 12;

/** Pauses before the next attempt at a write. @throws the cause when there were enough of them */
export async function beforeAttempt(attempt: number, cause: unknown, deps: Pick<ProjectorDeps, "pause">) {
  if (attempt === 0) return;
  if (attempt >= maximumAttempts) throw cause;
  await deps.pause(attempt);
}

/** How long is waited before the second attempt, and at most before any. */
export interface PauseLimits {
  firstMilliseconds: number;
  longestMilliseconds: number;
}

const quick: PauseLimits = { firstMilliseconds: 20, longestMilliseconds: 1_000 };

/** Pauses that double up to a limit, each cut by chance, so that writers that met once do not meet again. @default up to a second */
export function jitteredPause(
  random: () => number = Math.random,
  { firstMilliseconds, longestMilliseconds }: PauseLimits = quick,
): ProjectorDeps["pause"] {
  return async (attempt) => {
    await sleep(random() * Math.min(longestMilliseconds, firstMilliseconds * 2 ** attempt));
  };
}
