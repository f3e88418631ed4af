import { type Count, negated, sum } from "./count.ts";

/** Dimensions that are stored. "none" and "region" are sums of teams, made when read. */
export const dimensions = ["team", "owner", "source", "product", "industry"] as const;
export type Dimension = (typeof dimensions)[number];

/** Group of the opportunities that have no value in a dimension. */
export const withoutValue = "-";

/** The cube of all closed opportunities by closing date, and of the open ones without a date. */
export const kpiCube = "kpi";

/** The cube of a pipeline's opportunities by opening date. */
export function funnelCube(pipelineId: string): string {
  return `funnel:${pipelineId}`;
}

/** `all`, a month `YYYY-MM` or a day `YYYY-MM-DD`. */
export type Period = string;
export const allTime: Period = "all";

/** The counters of one group in one period. */
export interface Cell {
  cube: string;
  dimension: Dimension;
  period: Period;
  group: string;
  counters: Map<string, Count>;
}

/** Cells by key. Folds add up, so the order in which they were made does not matter. */
export type Fold = Map<string, Cell>;

/** The group stands last, as it is the only part that may hold any character. */
export function cellKey(cube: string, dimension: Dimension, period: Period, group: string): string {
  return `${cube} ${dimension} ${period} ${group}`;
}

/** The cell of a fold; it is made when it is missing. */
export function cellOf(fold: Fold, cube: string, dimension: Dimension, period: Period, group: string): Cell {
  const key = cellKey(cube, dimension, period, group);
  let cell = fold.get(key);
  if (!cell) {
    cell = { cube, dimension, period, group, counters: new Map() };
    fold.set(key, cell);
  }
  return cell;
}

/** Adds to one counter. */
export function addTo(counters: Map<string, Count>, name: string, value: Count): void {
  const before = counters.get(name);
  counters.set(name, before === undefined ? value : sum(before, value));
}

/** Adds a fold to another one, or takes it away. */
export function addFold(into: Fold, fold: Fold, sign: 1 | -1 = 1): void {
  for (const { cube, dimension, period, group, counters } of fold.values()) {
    const cell = cellOf(into, cube, dimension, period, group);
    for (const [name, value] of counters) addTo(cell.counters, name, sign === 1 ? value : negated(value));
  }
}

/** Drops counters that are zero and cells without counters. */
export function dropZeros(fold: Fold): Fold {
  for (const [key, { counters }] of fold) {
    for (const [name, value] of counters) if (value === 0) counters.delete(name);
    if (counters.size === 0) fold.delete(key);
  }
  return fold;
}
