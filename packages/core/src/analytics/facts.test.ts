import { opportunityImage } from "@shangji/testing/opportunity-images";
import { describe, expect, it } from "vitest";
import { factsOf, UnreadableImage } from "./facts.ts";

const stay = (stageId: string, enteredOn: string, exitedOn?: string) => ({ stageId, enteredOn, exitedOn });

describe("facts of an opportunity", () => {
  it("are null when it is deleted", () => {
    expect(factsOf(opportunityImage({ deletedAt: "2026-03-01T00:00:00.000Z" }))).toBeNull();
  });

  it("do not depend on the order of products, nor on one that is named twice", () => {
    const one = factsOf(opportunityImage({ productIds: ["prd_2", "prd_1", "prd_2"] }));
    expect(one).toEqual(factsOf(opportunityImage({ productIds: ["prd_1", "prd_2"] })));
  });

  it("add up stays in the same stage, in the order of the last visit", () => {
    const history = [
      stay("a", "2026-01-01", "2026-01-05"),
      stay("b", "2026-01-05", "2026-01-06"),
      stay("a", "2026-01-06", "2026-01-09"),
      stay("c", "2026-01-09"),
    ];
    expect(factsOf(opportunityImage({ stageId: "c", history }))?.stays).toEqual([
      { stageId: "b", days: 1 },
      { stageId: "a", days: 7 },
      { stageId: "c", days: 0 },
    ]);
  });

  it("take the last entry of a closed one without a closing date", () => {
    const history = [stay("a", "2026-01-01", "2026-01-05"), stay("b", "2026-01-05")];
    expect(factsOf(opportunityImage({ status: "lost", history }))?.closedOn).toBe("2026-01-05");
    expect(factsOf(opportunityImage({ status: "lost", history: [] }))?.closedOn).toBe("2026-01-15");
  });

  it("leave out the closing date of an open one", () => {
    expect(factsOf(opportunityImage({ closedOn: "2026-02-01" }))).not.toHaveProperty("closedOn");
  });

  it.each([
    ["an opening date", { openedOn: "15.01.2026" }],
    ["a closing date", { closedOn: "2026-13-01" }],
    ["a date of the history", { history: [stay("a", "yesterday")] }],
    ["the amount", { baseAmountMinor: 0.5 }],
    ["the status", { status: "paused" as "open" }], // what a broken image may hold
  ])("are refused when %s cannot be read", (_, broken) => {
    expect(() => factsOf(opportunityImage(broken))).toThrow(UnreadableImage);
  });
});
