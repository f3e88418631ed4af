import { afterEach, expect, test } from "vitest";
import { moveDate } from "./moved-date.ts";

const RealDate = Date;
const day = 86_400_000;

afterEach(() => moveDate(0));

test("everything that asks Date for the present gets moved time", () => {
  moveDate(day);
  const tolerance = 5000;
  const expected = RealDate.now() + day;
  expect(Math.abs(Date.now() - expected)).toBeLessThan(tolerance);
  expect(Math.abs(RealDate.parse(new Date().toISOString()) - expected)).toBeLessThan(tolerance);
  expect(Math.abs(RealDate.parse(Date()) - expected)).toBeLessThan(tolerance);
});

test("a given instant is left alone", () => {
  moveDate(day);
  expect(new Date(0).toISOString()).toBe("1970-01-01T00:00:00.000Z");
  expect(new Date("2026-01-02T03:04:05Z").getTime()).toBe(RealDate.UTC(2026, 0, 2, 3, 4, 5));
  expect(new Date(2026, 0, 2).getTime()).toBe(new RealDate(2026, 0, 2).getTime());
});

test("libraries that took hold of Date before still recognise dates, and subclasses work", () => {
  moveDate(day);
  class Stamp extends Date {}
  expect(new Date()).toBeInstanceOf(RealDate);
  expect(new RealDate()).toBeInstanceOf(Date);
  expect(new Stamp()).toBeInstanceOf(Stamp);
  expect(new Date().constructor).toBe(Date);
});
