import { daysBetween, durationBin } from "./calendar-days.ts";
import {
  addTo,
  allTime,
  cellOf,
  type Dimension,
  dropZeros,
  type Fold,
  funnelCube,
  kpiCube,
  withoutValue,
} from "./cells.ts";
import { type Count, negated } from "./count.ts";
import * as counter from "./counters.ts";
import { type OpportunityFacts, UnreadableImage } from "./facts.ts";
import { ownerGroup } from "./owner-groups.ts";

/** A stage of the pipeline version that a record is pinned to, in order. */
export interface StageReference {
  id: string;
  type: "open" | "won" | "lost";
}

/** Stages of one version of a pipeline, in order; undefined when there is no such version. They never change. */
export type PipelineStages = (pipelineId: string, version: number) => Promise<readonly StageReference[] | undefined>;

type Counted = [name: string, value: Count][];

/** What one opportunity adds to which cell. @throws UnreadableImage when its stage is not one of the pipeline's */
export function contributions(facts: OpportunityFacts, stages: readonly StageReference[]): Fold {
  const fold: Fold = new Map();
  contribute(fold, facts, stages, 1);
  return dropZeros(fold);
}

/**
 * Adds what one opportunity contributes to a fold, or takes it away. An opportunity with several products counts in
 * full in each product's group. @throws UnreadableImage when its stage is not one of the pipeline's
 */
export function contribute(fold: Fold, facts: OpportunityFacts, stages: readonly StageReference[], sign: 1 | -1): void {
  const groups = groupsOf(facts);
  const add = (cube: string, periods: readonly string[], counted: Counted) => {
    for (const [dimension, group] of groups) {
      for (const period of periods) {
        const { counters } = cellOf(fold, cube, dimension, period, group);
        for (const [name, value] of counted) addTo(counters, name, sign === 1 ? value : negated(value));
      }
    }
  };
  add(funnelCube(facts.pipelineId), periodsOf(facts.openedOn), [
    [facts.status, 1],
    ...stageCounts(facts, stages),
    ...stayCounts(facts, stages),
  ]);
  if (facts.closedOn === undefined) {
    add(
      kpiCube,
      [allTime],
      [
        [counter.open, 1],
        [counter.openAmount, facts.amountMinor],
      ],
    );
  } else {
    add(kpiCube, periodsOf(facts.closedOn), closedCounts(facts, facts.closedOn));
  }
}

function groupsOf(facts: OpportunityFacts): [Dimension, string][] {
  const products = facts.productIds.length > 0 ? facts.productIds : [withoutValue];
  return [
    ["team", facts.teamId ?? withoutValue],
    ["owner", ownerGroup(facts)],
    ["source", facts.source ?? withoutValue],
    ...products.map((product): [Dimension, string] => ["product", product]),
    ["industry", facts.industry ?? withoutValue],
  ];
}

function periodsOf(date: string): string[] {
  return [date, date.slice(0, 7), allTime];
}

/** Funnel counters by stage: entered is having visited the stage or gone past it. */
function stageCounts(facts: OpportunityFacts, stages: readonly StageReference[]): Counted {
  const current = stages.find(({ id }) => id === facts.stageId);
  if (!current) throw new UnreadableImage("the stage is not one of the pipeline version");
  const visited = new Set([facts.stageId, ...facts.stays.map(({ stageId }) => stageId)]);
  const everWon = stages.some(({ id, type }) => type === "won" && visited.has(id));
  const furthest = stages.findLastIndex(({ id, type }) => type === "open" && visited.has(id));
  const lostFrom = facts.status === "lost" ? lastOpenStage(facts, stages) : undefined;
  const { entered, movedOn, won, lost, current: at, amount } = counter.stageCounters;
  const counted: Counted = [
    [at(current.id), 1],
    [amount(current.id), facts.amountMinor],
  ];
  for (const [index, { id, type }] of stages.entries()) {
    if (type !== "open") continue;
    const passed = everWon || index < furthest;
    if (passed || visited.has(id)) {
      counted.push([entered(id), 1]);
      if (facts.status === "won") counted.push([won(id), 1]);
    }
    if (passed) counted.push([movedOn(id), 1]);
    if (id === lostFrom) counted.push([lost(id), 1]);
  }
  return counted;
}

function lastOpenStage(facts: OpportunityFacts, stages: readonly StageReference[]): string | undefined {
  const isOpen = new Set(stages.filter(({ type }) => type === "open").map(({ id }) => id));
  return facts.stays.findLast(({ stageId }) => isOpen.has(stageId))?.stageId;
}

/** Completed time in the open stages that the opportunity is not in now. */
function stayCounts(facts: OpportunityFacts, stages: readonly StageReference[]): Counted {
  const counted: Counted = [];
  for (const { id, type } of stages) {
    if (type !== "open" || id === facts.stageId) continue;
    const stay = facts.stays.find(({ stageId }) => stageId === id);
    if (!stay) continue;
    counted.push([counter.stageCounters.days(id), stay.days], [counter.binCounter(id, durationBin(stay.days)), 1]);
  }
  return counted;
}

function closedCounts(facts: OpportunityFacts, closedOn: string): Counted {
  if (facts.status !== "won") return [[counter.lost, 1]];
  const days = daysBetween(facts.openedOn, closedOn);
  return [
    [counter.won, 1],
    [counter.wonAmount, facts.amountMinor],
    [counter.cycleDays, days],
    [counter.binCounter(counter.cycle, durationBin(days)), 1],
  ];
}
