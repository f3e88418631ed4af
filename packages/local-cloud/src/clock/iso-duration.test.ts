import { expect, test } from "vitest";
import { durationMs } from "./iso-duration.ts";

test.each([
  ["P3D", 259_200_000],
  ["P1W", 604_800_000],
  ["PT90M", 5_400_000],
  ["P1DT2H3M4.5S", 93_784_500],
  ["PT0S", 0],
])("%s is %d ms", (text, milliseconds) => {
  expect(durationMs(text)).toBe(milliseconds);
});

test.each(["P", "PT", "P1DT", "3D", "P1M", "P1Y", "-P1D", "P1.5D", "", "p1d"])(
  "refuses %j, which has no fixed length",
  (text) => {
    expect(() => durationMs(text)).toThrow(RangeError);
  },
);
