import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { mergeItems } from "./merge-items.ts";

const item = fc.record({
  pk: fc.constantFrom("p1", "p2"),
  sk: fc.constantFrom("a", "b"),
  add: fc.dictionary(fc.constantFrom("x", "y", "z"), fc.integer({ min: -3, max: 3 })),
});

describe("merged items", () => {
  it("are the same in the same order, in whatever order they were given", () => {
    fc.assert(
      fc.property(fc.array(item), (items) => {
        expect(mergeItems(items.toReversed())).toEqual(mergeItems(items));
      }),
    );
  });

  it("hold the sums, without zeros and without items that come to nothing", () => {
    const one = { pk: "p", sk: "s", add: { x: 1, y: 2 } };
    expect(mergeItems([one, { ...one, add: { x: 4, y: -2 } }])).toEqual([{ pk: "p", sk: "s", add: { x: 5 }, part: 0 }]);
    expect(mergeItems([one, { ...one, add: { x: -1, y: -2 } }])).toEqual([]);
    expect(one.add).toEqual({ x: 1, y: 2 });
  });

  it("are cut where an update expression would get too long", () => {
    const add = Object.fromEntries(Array.from({ length: 600 }, (_, index) => [`t${index}`, 1]));
    const parts = mergeItems([{ pk: "p", sk: "s", add }]);
    expect(parts.map(({ part, add: own }) => [part, Object.keys(own).length])).toEqual([
      [0, 250],
      [1, 250],
      [2, 100],
    ]);
    expect(Object.assign({}, ...parts.map((part) => part.add))).toEqual(add);
  });
});
