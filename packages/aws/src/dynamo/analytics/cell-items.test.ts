import { addTo, cellOf, type Dimension, type Fold } from "@shangji/core/analytics/cells";
import { binCounter } from "@shangji/core/analytics/counters";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addItem, dayBounds, itemsOf, monthBounds } from "./cell-items.ts";
import { partitionsOf } from "./stored-cells.ts";

const counters = fc.oneof(
  fc.constantFrom("open", "won", "stg_a:in", "stg_a:dt"),
  fc.tuple(fc.constantFrom("cycle", "stg_a"), fc.nat(731)).map(([series, bin]) => binCounter(series, bin)),
);
const day = fc.date({ min: new Date("2020-01-01"), max: new Date("2030-12-31"), noInvalidDate: true });
const periods = fc.oneof(
  fc.constant("all"),
  day.map((date) => date.toISOString().slice(0, 7)),
  day.map((date) => date.toISOString().slice(0, 10)),
);
const cell = fc.record({
  cube: fc.constantFrom("kpi", "funnel:pip_1"),
  dimension: fc.constantFrom<Dimension>("team", "source"),
  period: periods,
  group: fc.oneof(fc.constantFrom("-", "a#b", "%23", "渠道"), fc.string({ minLength: 1, maxLength: 8 })),
  counts: fc.dictionary(counters, fc.integer({ min: 1 }), { minKeys: 1 }),
});
const folds = fc.array(cell, { maxLength: 20 }).map((cells) => {
  const fold: Fold = new Map();
  for (const { cube, dimension, period, group, counts } of cells) {
    for (const [name, value] of Object.entries(counts))
      addTo(cellOf(fold, cube, dimension, period, group).counters, name, value);
  }
  return fold;
});

describe("items of cells", () => {
  it("give back the cells that they hold", () => {
    fc.assert(
      fc.property(folds, (fold) => {
        const places = new Map(partitionsOf("e", ["pip_1"]).map(({ pk, ...place }) => [pk, place]));
        const again: Fold = new Map();
        for (const { pk, sk, add } of itemsOf(fold, "e")) {
          const place = places.get(pk);
          if (place) addItem(again, { ...add, pk, sk: `${sk}#3` }, place);
        }
        expect(again).toEqual(fold);
      }),
    );
  });

  it("lie between the bounds of every range of months or days that includes them, and of no other", () => {
    fc.assert(
      fc.property(folds, day, fc.nat(60), (fold, start, length) => {
        const from = start.toISOString().slice(0, 10);
        const last = new Date(start.getTime() + length * 86_400_000).toISOString().slice(0, 10);
        for (const [cell, sk] of [...fold.values()].flatMap((one) =>
          itemsOf(new Map([["", one]]), "e").map(({ sk }) => [one, `${sk}#0`] as const),
        )) {
          const isBetween = ([low, high]: [string, string]) => low <= sk && sk <= high;
          const isDay = cell.period.length === 10;
          if (isDay && from <= cell.period && cell.period <= last) expect(isBetween(dayBounds(from, last))).toBe(true);
          if (!isDay) expect(isBetween(dayBounds(from, last))).toBe(false);
          const isMonthIn =
            cell.period.length === 7 && from.slice(0, 7) <= cell.period && cell.period < last.slice(0, 7);
          expect(isBetween(monthBounds(from.slice(0, 7), last.slice(0, 7)))).toBe(isMonthIn);
        }
      }),
    );
  });

  it("of a full histogram of a month stay below 1 KB", () => {
    const fold: Fold = new Map();
    const { counters: full } = cellOf(fold, "kpi", "owner", "2026-01", "usr_01JD7Z3Q5V9W0X2Y4Z6A8B0C1D");
    for (let bin = 0; bin <= 731; bin++) addTo(full, binCounter("cycle", bin), 10);
    for (const { pk, sk, add } of itemsOf(fold, "1")) {
      const names = Object.keys(add).reduce((bytes, name) => bytes + name.length, 0);
      const numberBytes = 2;
      expect(pk.length + sk.length + 8 + names + Object.keys(add).length * numberBytes).toBeLessThan(1024);
    }
  });
});
