import { cellKey, type Dimension, type Fold } from "./cells.ts";
import type { Count } from "./count.ts";

/** A counter that is stored otherwise than the source says. */
export interface Difference {
  cube: string;
  dimension: Dimension;
  period: string;
  group: string;
  counter: string;
  expected: Count;
  actual: Count;
}

/** Every counter in which two folds differ. A missing counter is 0. */
export function differences(expected: Fold, actual: Fold): Difference[] {
  const found: Difference[] = [];
  for (const key of new Set([...expected.keys(), ...actual.keys()])) {
    const [wanted, stored] = [expected.get(key), actual.get(key)];
    const cell = wanted ?? stored;
    if (!cell) continue;
    const { counters: _, ...place } = cell;
    for (const counter of new Set([...(wanted?.counters.keys() ?? []), ...(stored?.counters.keys() ?? [])])) {
      const [should, is] = [wanted?.counters.get(counter) ?? 0, stored?.counters.get(counter) ?? 0];
      if (should !== is) found.push({ ...place, counter, expected: should, actual: is });
    }
  }
  return found.sort((left, right) => (sortKey(left) < sortKey(right) ? -1 : 1));
}

function sortKey({ cube, dimension, period, group, counter }: Difference): string {
  return cellKey(cube, dimension, period, `${group} ${counter}`);
}
