import fc from "fast-check";
import { expect, test } from "vitest";
import { convert, formatAmount, parseAmount } from "./money.ts";

test.each([
  ["1,234.50", "USD", 123_450],
  ["￥８８", "CNY", 8_800],
  ["1.5", "KWD", 1_500],
  ["1200", "JPY", 1_200],
  ["1.50", "JPY", undefined],
  ["0.005", "USD", undefined],
  ["-1", "USD", undefined],
  ["", "USD", undefined],
  ["twelve", "USD", undefined],
  ["90000000000000.01", "USD", undefined],
])("reads %s %s as %s minor units", (text, currency, minor) => {
  expect(parseAmount(text, currency)).toBe(minor);
});

test("every amount of cents is read back exactly", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 9_000_000_000_000_000 }), (minor) => {
      const text = `${Math.floor(minor / 100)}.${String(minor % 100).padStart(2, "0")}`;
      expect(parseAmount(text, "USD")).toBe(minor);
    }),
  );
});

test("converts between currencies of different digits, rounding half up", () => {
  expect(convert(10_000, "USD", "JPY", "155.123")).toBe(15_512);
  expect(convert(1, "USD", "CNY", "7.5")).toBe(8);
  expect(convert(1_000, "JPY", "USD", "0.0065")).toBe(650);
  expect(convert(9_000_000_000_000_000, "USD", "CNY", "1")).toBe(9_000_000_000_000_000);
});

test("an amount that is written as a decimal is read back exactly, in every currency", () => {
  const minor = fc.integer({ min: 0, max: 9_000_000_000_000_000 });
  fc.assert(
    fc.property(minor, fc.constantFrom("CNY", "USD", "JPY", "KWD", "CLF"), (amount, currency) => {
      expect(parseAmount(formatAmount(amount, currency), currency)).toBe(amount);
    }),
  );
  expect([formatAmount(5, "CNY"), formatAmount(-1234, "USD"), formatAmount(7, "JPY")]).toEqual(["0.05", "-12.34", "7"]);
});
