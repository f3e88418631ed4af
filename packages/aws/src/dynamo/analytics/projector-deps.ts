import type { PipelineStages } from "@shangji/core/analytics/contributions";
import type { Clock } from "@shangji/core/kit/context";
import type { Pause } from "../kit/attempts.ts";
import type { Table } from "../kit/client.ts";
import type { OpenJournals } from "./open-journals.ts";

export interface ProjectorDeps {
  /** The table of the totals. */
  table: Table;
  clock: Clock;
  /** May be cached for good. */
  pipelineStages: PipelineStages;
  /** A new name for a journal or an epoch. */
  newId(): string;
  /** From 0 to below 1. */
  random(): number;
  pause: Pause;
  /** Where journals stay open between batches. @default each batch applies its own */
  open?: OpenJournals;
  /** Items in a transaction, at least 4. @default 100, the most that DynamoDB takes */
  transactionItems?: number;
}

/** Most items in a transaction of DynamoDB. */
export const transactionLimit = 100;
