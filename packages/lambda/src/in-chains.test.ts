import fc from "fast-check";
import { expect, test } from "vitest";
import { inChains } from "./in-chains.ts";

test("pieces of one chain follow each other, others run side by side within the bound, and results keep their places", async () => {
  const chains = fc.array(fc.option(fc.constantFrom("a", "b", "c"), { nil: undefined }), { maxLength: 40 });
  const property = fc.asyncProperty(chains, fc.integer({ min: 1, max: 6 }), async (names, most) => {
    let [running, peak] = [0, 0];
    const begun = new Map<string, number[]>();
    const open = new Set<string>();
    const pieces = names.map((chain, index) => ({
      chain,
      async run() {
        if (chain !== undefined) {
          expect(open.has(chain)).toBe(false);
          open.add(chain);
          begun.set(chain, [...(begun.get(chain) ?? []), index]);
        }
        peak = Math.max(peak, ++running);
        for (let turn = 0; turn < index % 3; turn++) await Promise.resolve();
        running -= 1;
        if (chain !== undefined) open.delete(chain);
        return index;
      },
    }));
    expect(await inChains(pieces, most)).toEqual([...names.keys()]);
    expect(peak).toBeLessThanOrEqual(most);
    for (const order of begun.values()) expect(order).toEqual(order.toSorted((left, right) => left - right));
  });
  await fc.assert(property, { numRuns: 200 });
});
