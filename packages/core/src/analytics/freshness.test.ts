import { testClock } from "@shangji/testing/world";
import { describe, expect, it } from "vitest";
import { freshnessOf } from "./freshness.ts";

const clock = testClock("2026-11-02T08:30:00.000Z");
const freshness = (lastRecordAt: string, lagMilliseconds: number) =>
  freshnessOf({ checkpoint: async () => ({ lastRecordAt, lagMilliseconds }) }, clock);

describe("freshness", () => {
  it("is the lag of the last batch, to two decimals", async () => {
    expect(await freshness("2026-11-02T08:29:59.000Z", 1_234)).toEqual({
      asOf: "2026-11-02T08:29:59.000Z",
      lagSeconds: 1.23,
    });
  });

  it("grows with a silence of more than the minute between two heartbeats", async () => {
    expect(await freshness("2026-11-02T08:29:10.000Z", 100)).toMatchObject({ lagSeconds: 0.1 });
    expect(await freshness("2026-11-02T08:25:00.000Z", 100)).toMatchObject({ lagSeconds: 240 });
  });

  it("is perfect while nothing was ever written", async () => {
    expect(await freshnessOf({ checkpoint: async () => undefined }, clock)).toEqual({
      asOf: "2026-11-02T08:30:00.000Z",
      lagSeconds: 0,
    });
  });
});
