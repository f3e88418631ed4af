import {
  imagesOf,
  lifeOf,
  opportunityImage,
  type Step,
  testPipelineId,
  testStages,
} from "@shangji/testing/opportunity-images";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addFold, addTo, type Dimension, dimensions, dropZeros, type Fold, funnelCube, kpiCube } from "./cells.ts";
import { contribute, contributions } from "./contributions.ts";
import type { Count } from "./count.ts";
import * as counter from "./counters.ts";
import { factsOf, type OpportunityFactsSource, UnreadableImage } from "./facts.ts";

const [first = "", second = "", third = "", won = "", lost = ""] = testStages.map(({ id }) => id);
const { stageCounters: of } = counter;

function cellsOf(image: OpportunityFactsSource): Fold {
  const facts = factsOf(image);
  return facts ? contributions(facts, testStages) : new Map();
}

/** All-time funnel counters of the image's team. */
function funnelOf(steps: readonly Step[]): Record<string, Count> {
  const image = imagesOf(opportunityImage(), steps).at(-1) ?? opportunityImage();
  return Object.fromEntries(cellsOf(image).get(`${funnelCube(testPipelineId)} team all team_1`)?.counters ?? []);
}

const move = (to: number, afterDays = 1): Step => ({ do: "move", to, afterDays });

describe("contributions", () => {
  it("of any two states differ by exactly what takes one to the other", () => {
    fc.assert(
      fc.property(lifeOf("opp_1", 8), (images) => {
        const running: Fold = new Map();
        let before: OpportunityFactsSource | undefined;
        for (const image of images) {
          for (const [source, sign] of [
            [image, 1],
            [before, -1],
          ] as const) {
            const facts = source && factsOf(source);
            if (facts) contribute(running, facts, testStages, sign);
          }
          before = image;
          expect(dropZeros(running)).toEqual(cellsOf(image));
        }
      }),
    );
  });

  it("count an opportunity once in each dimension, and in full for each of its products", () => {
    fc.assert(
      fc.property(lifeOf("opp_1", 5), (images) => {
        const image = images.at(-1);
        if (!image || image.deletedAt) return;
        const numbers = (dimension: Dimension, period: string) =>
          [...cellsOf(image).values()].filter(
            (cell) => cell.cube !== "kpi" && cell.dimension === dimension && cell.period === period,
          );
        for (const dimension of dimensions) {
          const expected = dimension === "product" ? Math.max(1, new Set(image.productIds).size) : 1;
          for (const period of ["all", image.openedOn, image.openedOn.slice(0, 7)]) {
            const cells = numbers(dimension, period);
            expect(cells).toHaveLength(expected);
            for (const { counters } of cells) expect(counters.get(image.status)).toBe(1);
          }
        }
      }),
    );
  });

  it("never enter a later stage without the earlier ones, nor move on without having entered", () => {
    fc.assert(
      fc.property(fc.array(lifeOf("opp_1", 8), { minLength: 1, maxLength: 5 }), (lives) => {
        const counters = new Map<string, Count>();
        for (const image of lives.flatMap((images) => images.slice(-1))) {
          for (const cell of cellsOf(image).values()) {
            if (cell.cube === kpiCube || cell.dimension !== "team" || cell.period !== "all") continue;
            for (const [name, value] of cell.counters) addTo(counters, name, value);
          }
        }
        const count = (name: string) => Number(counters.get(name) ?? 0);
        expect(count(of.entered(second))).toBeLessThanOrEqual(count(of.movedOn(first)));
        expect(count(of.entered(third))).toBeLessThanOrEqual(count(of.movedOn(second)));
        for (const stage of [first, second, third]) {
          expect(count(of.movedOn(stage))).toBeLessThanOrEqual(count(of.entered(stage)));
          expect(count(of.won(stage))).toBeLessThanOrEqual(count(of.entered(stage)));
        }
        expect(count(of.current(won))).toBe(count(counter.won));
        expect(count(of.current(lost))).toBe(count(counter.lost));
      }),
    );
  });

  it("enter every open stage when won, also the ones that were skipped", () => {
    const cell = funnelOf([move(3, 10)]);
    for (const stage of [first, second, third]) {
      expect(cell).toMatchObject({ [of.entered(stage)]: 1, [of.movedOn(stage)]: 1, [of.won(stage)]: 1 });
    }
    expect(cell).toMatchObject({ won: 1, [of.current(won)]: 1, [of.amount(won)]: 1000 });
  });

  it("lose from the last open stage, and keep that it had moved on", () => {
    const cell = funnelOf([move(1), move(0), move(4)]);
    expect(cell).toMatchObject({ [of.lost(first)]: 1, [of.movedOn(first)]: 1, [of.entered(second)]: 1 });
    expect(cell).not.toHaveProperty(of.lost(second));
    expect(cell).not.toHaveProperty(of.movedOn(second));
  });

  it("measure time in stage once it is left, with re-entries added up", () => {
    const cell = funnelOf([move(1, 4), move(0, 2), move(2, 5)]);
    expect(cell).toMatchObject({ [of.days(first)]: 9, [counter.binCounter(first, 9)]: 1, [of.days(second)]: 2 });
    expect(cell).not.toHaveProperty(of.days(third));
    expect(funnelOf([move(1, 4), move(0, 2)])).not.toHaveProperty(of.days(first));
  });

  it("put durations above 730 days into one bin, and their days into the sum", () => {
    expect(funnelOf([move(1, 900)])).toMatchObject({ [of.days(first)]: 900, [counter.binCounter(first, 731)]: 1 });
    expect(funnelOf([move(1, 730)])).toMatchObject({ [counter.binCounter(first, 730)]: 1 });
  });

  it("keep having been won after a reopening, but are no longer won", () => {
    const cell = funnelOf([move(3, 10), move(1)]);
    expect(cell).toMatchObject({ open: 1, [of.movedOn(third)]: 1, [of.current(second)]: 1 });
    expect(cell).not.toHaveProperty(of.won(first));
    expect(cell).not.toHaveProperty("won");
  });

  it("are refused, with nothing added, when the stage is not one of the pipeline's", () => {
    const facts = factsOf(opportunityImage({ stageId: "stg_elsewhere0" }));
    const fold: Fold = new Map();
    expect(() => facts && contribute(fold, facts, testStages, 1)).toThrow(UnreadableImage);
    expect(fold.size).toBe(0);
  });

  it("add up in any order", () => {
    fc.assert(
      fc.property(lifeOf("opp_1", 4), lifeOf("opp_2", 4), (one, other) => {
        const folds = [...one, ...other].map(cellsOf);
        const [forth, back]: [Fold, Fold] = [new Map(), new Map()];
        for (const fold of folds) addFold(forth, fold);
        for (const fold of folds.toReversed()) addFold(back, fold);
        expect(forth).toEqual(back);
        for (const fold of folds) addFold(forth, fold, -1);
        expect(dropZeros(forth).size).toBe(0);
      }),
    );
  });
});
