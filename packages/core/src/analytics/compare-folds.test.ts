import { describe, expect, it } from "vitest";
import { addTo, cellOf, type Fold } from "./cells.ts";
import { differences } from "./compare-folds.ts";

function foldOf(counts: Record<string, number>): Fold {
  const fold: Fold = new Map();
  for (const [name, value] of Object.entries(counts))
    addTo(cellOf(fold, "kpi", "team", "all", "team_1").counters, name, value);
  return fold;
}

describe("differences of folds", () => {
  it("name the counter and both values", () => {
    const found = differences(foldOf({ open: 2, won: 1 }), foldOf({ open: 2, won: 3, lost: -1 }));
    const place = { cube: "kpi", dimension: "team", period: "all", group: "team_1" };
    expect(found).toEqual([
      { ...place, counter: "lost", expected: 0, actual: -1 },
      { ...place, counter: "won", expected: 1, actual: 3 },
    ]);
  });

  it("do not tell a zero from nothing", () => {
    expect(differences(foldOf({ open: 0 }), new Map())).toEqual([]);
    expect(differences(new Map(), foldOf({ open: 0 }))).toEqual([]);
  });
});
