import { expect, it } from "vitest";
import { parseSchedule } from "./schedule.ts";

const at = (text: string): number => Date.parse(text);
const next = (expression: string, after: string): string =>
  new Date(parseSchedule(expression).next(at(after))).toISOString();

it.each([
  ["rate(1 minute)", "2026-01-01T00:00:30Z", "2026-01-01T00:01:00.000Z"],
  ["rate(5 minutes)", "2026-01-01T00:05:00Z", "2026-01-01T00:10:00.000Z"],
  ["rate(1 day)", "2026-01-01T10:00:00Z", "2026-01-02T00:00:00.000Z"],
  ["cron(0 10 * * ? *)", "2026-01-01T10:00:00Z", "2026-01-02T10:00:00.000Z"],
  ["cron(0/15 * * * ? *)", "2026-01-01T10:16:00Z", "2026-01-01T10:30:00.000Z"],
  ["cron(30 8 ? * MON-FRI *)", "2026-01-02T09:00:00Z", "2026-01-05T08:30:00.000Z"],
  ["cron(0 0 1 JAN,JUL ? *)", "2026-02-01T00:00:00Z", "2026-07-01T00:00:00.000Z"],
  ["cron(0 12 L * ? *)", "2028-02-01T00:00:00Z", "2028-02-29T12:00:00.000Z"],
  ["cron(0 9 ? * 2#1 *)", "2026-03-03T00:00:00Z", "2026-04-06T09:00:00.000Z"],
])("%s after %s is due at %s", (expression, after, due) => {
  expect(next(expression, after)).toBe(due);
});

it("never is due again after its last year", () => {
  expect(parseSchedule("cron(0 0 1 1 ? 2026)").next(at("2026-06-01T00:00:00Z"))).toBe(Number.POSITIVE_INFINITY);
});

it("finds the latest missed times, newest first", () => {
  const schedule = parseSchedule("cron(0 10 * * ? *)");
  const found = schedule.latest(at("2026-01-05T12:00:00Z"), at("2026-01-03T11:00:00Z"), 3);
  expect(found.map((ms) => new Date(ms).toISOString())).toEqual([
    "2026-01-05T10:00:00.000Z",
    "2026-01-04T10:00:00.000Z",
  ]);
});

it.each([
  "rate(1 minutes)",
  "rate(0 minutes)",
  "rate(2 minute)",
  "cron(0 10 * * * *)",
  "cron(61 * * * ? *)",
  "at(noon)",
])("refuses %s", (expression) => {
  expect(() => parseSchedule(expression)).toThrow(/does not understand/);
});
