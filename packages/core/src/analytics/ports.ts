import type { GroupBy } from "@shangji/contracts/analytics/schemas";
import type { Clock } from "../kit/context.ts";
import type { Dimension } from "./cells.ts";
import type { StageReference } from "./contributions.ts";
import type { Count } from "./count.ts";
import type { OpportunityFacts } from "./facts.ts";
import type { PeriodRange } from "./period-ranges.ts";

/** Counters of one group, summed. A counter that is missing is 0. */
export type Counters = ReadonlyMap<string, Count>;

export interface SumQuery {
  cube: string;
  dimension: Dimension;
  periods: "all" | readonly PeriodRange[];
  /** Without histograms a read is smaller; only all-time counters can be read so. */
  histograms: boolean;
}

/** How far the projector has come. */
export interface Checkpoint {
  /** When the latest counted change was made, ISO 8601. */
  lastRecordAt: string;
  /** How long after it that change was counted. */
  lagMilliseconds: number;
}

/** The stored aggregates. Its cost follows from the periods and groups, never from the number of opportunities. */
export interface Aggregates {
  /** Counters by group, summed over the periods. */
  sums(query: SumQuery): Promise<Map<string, Counters>>;
  /** Undefined as long as nothing was ever counted. */
  checkpoint(): Promise<Checkpoint | undefined>;
}

/** What single records have been counted with. */
export interface CountedRecords {
  /**
   * The facts of those of these records that the aggregates count now: each read is half a read unit. A change that is not
   * counted yet is in neither, but for the moments in which a batch is being added.
   */
  countedFacts(recordIds: readonly string[]): Promise<OpportunityFacts[]>;
}

/** A stage of the pipeline's current version, named in the caller's language. */
export interface NamedStage extends StageReference {
  name: string;
}

export interface AnalyticsPorts {
  aggregates: Aggregates;
  clock: Clock;
  /** Base currency of the organisation. */
  currency: string;
  /** Stages of the pipeline's current version in order; undefined when there is no such pipeline. */
  stages(pipelineId: string): Promise<readonly NamedStage[] | undefined>;
  /** Region by team; teams without a region are left out. */
  regions(): Promise<ReadonlyMap<string, string>>;
  /** Labels of group keys in the caller's language; a key without one is its own label. "-" is the group without a value. */
  labels(groupBy: GroupBy, keys: readonly string[]): Promise<ReadonlyMap<string, string>>;
}

/** Half-open range of dates; without an end it is open there, without both it is all time. */
export interface PeriodQuery {
  from?: string | undefined;
  to?: string | undefined;
  groupBy: GroupBy;
}
