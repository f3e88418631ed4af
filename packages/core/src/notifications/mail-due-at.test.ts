import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { mailDueAt } from "./mail-due-at.ts";

const night = { from: "22:00", until: "07:30" };
const atOnce = { email: "at_once", digestAt: "08:30" } as const;
const digest = { email: "digest", digestAt: "08:30" } as const;
const due = (now: string, choice: Parameters<typeof mailDueAt>[1], zone = "Asia/Shanghai") =>
  mailDueAt(new Date(now), choice, zone);

describe("D4 when a notification is mailed", () => {
  test.each([
    ["by day at once", "2026-11-02T04:00:00.000Z", "2026-11-02T04:00:00.000Z"],
    ["in the evening of the quiet hours after the night", "2026-11-02T15:00:00.000Z", "2026-11-02T23:30:00.000Z"],
    ["after midnight on the same morning", "2026-11-02T17:00:00.000Z", "2026-11-02T23:30:00.000Z"],
    ["at the first minute of quiet hours after them", "2026-11-02T14:00:00.000Z", "2026-11-02T23:30:00.000Z"],
    ["at their end at once", "2026-11-02T23:30:00.000Z", "2026-11-02T23:30:00.000Z"],
  ])("%s", (_name, now, expected) => {
    expect(due(now, { ...atOnce, quietHours: night })).toBe(expected);
  });

  test("quiet hours within a day, and up to its end", () => {
    const noon = { from: "12:00", until: "14:00" };
    expect(due("2026-11-02T05:00:00.000Z", { ...atOnce, quietHours: noon })).toBe("2026-11-02T06:00:00.000Z");
    const evening = { from: "20:00", until: "24:00" };
    expect(due("2026-11-02T13:00:00.000Z", { ...atOnce, quietHours: evening })).toBe("2026-11-02T16:00:00.000Z");
  });

  test("never, for who wants none", () => {
    expect(due("2026-11-02T04:00:00.000Z", { ...atOnce, email: "off" })).toBeUndefined();
  });

  test.each([
    ["before its time today", "2026-11-02T00:00:00.000Z", "2026-11-02T00:30:00.000Z"],
    ["at its time tomorrow", "2026-11-02T00:30:00.000Z", "2026-11-03T00:30:00.000Z"],
    ["in the evening tomorrow", "2026-11-02T12:00:00.000Z", "2026-11-03T00:30:00.000Z"],
  ])("a digest: %s", (_name, now, expected) => {
    expect(due(now, digest)).toBe(expected);
  });

  test("a digest that would come in quiet hours waits until they are over", () => {
    const late = { from: "22:00", until: "09:00" };
    expect(due("2026-11-02T00:00:00.000Z", { ...digest, quietHours: late })).toBe("2026-11-02T01:00:00.000Z");
  });

  test("a digest at 24:00 comes at the midnight that is next", () => {
    expect(due("2026-11-02T15:59:00.000Z", { ...digest, digestAt: "24:00" })).toBe("2026-11-02T16:00:00.000Z");
  });

  // Clocks of New York go forward on 8 March 2026 at two, and back on 1 November at two.
  test.each([
    ["that lose an hour", "2026-03-08T04:00:00.000Z", "2026-03-08T11:30:00.000Z"],
    ["that gain an hour", "2026-11-01T03:00:00.000Z", "2026-11-01T12:30:00.000Z"],
    ["that gain an hour, in the hour that comes twice", "2026-11-01T06:30:00.000Z", "2026-11-01T12:30:00.000Z"],
  ])("quiet hours %s end by the clock", (_name, now, expected) => {
    expect(due(now, { ...atOnce, quietHours: night }, "America/New_York")).toBe(expected);
  });

  test("quiet hours that end in the hour that is left out end when the clocks have gone on", () => {
    const early = { from: "22:00", until: "02:30" };
    expect(due("2026-03-08T05:00:00.000Z", { ...atOnce, quietHours: early }, "America/New_York")).toBe(
      "2026-03-08T07:30:00.000Z",
    );
  });

  test("is never before now, at most two days and the quiet hours ahead, and never in them", () => {
    const time = fc
      .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
      .map((parts) => parts.map((part) => String(part).padStart(2, "0")).join(":"));
    const zones = ["Asia/Shanghai", "America/New_York", "Europe/Berlin", "Australia/Lord_Howe", "Asia/Kathmandu"];
    fc.assert(
      fc.property(
        fc.date({ min: new Date("2026-01-01"), max: new Date("2027-01-01"), noInvalidDate: true }),
        fc.constantFrom(...zones),
        fc.record({ email: fc.constantFrom("at_once", "digest"), digestAt: time, from: time, until: time }),
        (now, zone, { email, digestAt, from, until }) => {
          fc.pre(from !== until);
          const choice = { email, digestAt, quietHours: { from, until } } as const;
          const at = mailDueAt(now, choice, zone) ?? "";
          expect(at >= now.toISOString()).toBe(true);
          expect(Date.parse(at) - now.getTime()).toBeLessThan(3 * 86_400_000);
          // Asked again at that moment, a mail goes at once.
          expect(mailDueAt(new Date(at), { ...choice, email: "at_once" }, zone)).toBe(at);
        },
      ),
    );
  });
});
