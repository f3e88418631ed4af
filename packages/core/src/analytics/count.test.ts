import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { negated, roundedRatio, sum } from "./count.ts";

const integers = fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n });
const counts = fc.oneof(
  fc.maxSafeInteger(),
  integers.filter((value) => !Number.isSafeInteger(Number(value))),
);

describe("counts", () => {
  it("add up exactly, beyond the safe integers too", () => {
    fc.assert(
      fc.property(counts, counts, (left, right) => {
        const total = sum(left, right);
        expect(BigInt(total)).toBe(BigInt(left) + BigInt(right));
        expect(typeof total).toBe(Number.isSafeInteger(Number(total)) ? "number" : "bigint");
      }),
    );
  });

  it("come to nothing with their negation", () => {
    fc.assert(
      fc.property(counts, (count) => {
        expect(sum(count, negated(count))).toBe(0);
      }),
    );
    expect(Object.is(negated(0), 0)).toBe(true);
  });

  it("round halves up", () => {
    expect(roundedRatio(5, 2)).toBe(3);
    expect(roundedRatio(-5, 2)).toBe(-2);
    expect(roundedRatio(7, 3)).toBe(2);
    expect(roundedRatio(10n ** 20n + 1n, 10n ** 5n)).toBe(10 ** 15);
  });
});
