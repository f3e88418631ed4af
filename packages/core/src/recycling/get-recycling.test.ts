import { sampleAccount, sampleAccountRecycling } from "@shangji/contracts/samples/records";
import { expect, test } from "vitest";
import { getAccountRecycling } from "./get-recycling.ts";

const { id } = sampleAccount;
const shownTo = async ({ hidden = [], isReadable = true }: { hidden?: string[]; isReadable?: boolean }) => {
  const accounts = { get: async () => (isReadable ? sampleAccount : undefined) };
  const countdown = { ...sampleAccountRecycling, ruleId: "ours", done: {} };
  const deps = { accounts, countdowns: { countdownOf: async () => countdown }, hidden: new Set(hidden) };
  return (await getAccountRecycling({ id }, deps as never)).recycling;
};

test("B6 who may read an account is told when it goes, who may not see its contract's end not that this is why", async () => {
  const { because, recycleAt } = sampleAccountRecycling;
  expect(await shownTo({})).toMatchObject({ because, recycleAt, ruleId: "ours" });
  const other = await shownTo({ hidden: ["phone"] });
  expect([other?.because, other?.recycleAt, other?.ruleId]).toEqual([because, recycleAt, undefined]);
  const none = await shownTo({ hidden: ["contractEndsOn"] });
  expect([none?.because, none?.recycleAt, none?.ruleId]).toEqual([undefined, recycleAt, undefined]);
  await expect(shownTo({ isReadable: false })).rejects.toMatchObject({ code: "not_found" });
});
