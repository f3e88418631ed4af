import { fakeBudgetStore } from "@shangji/testing/fakes/budget-store";
import { testClock } from "@shangji/testing/world";
import fc from "fast-check";
import { expect, test } from "vitest";
import { slicedBudgets } from "./sliced-budgets.ts";

const caller = { callerId: "svc_1", limit: 3_000 };

test("a budget costs fifty writes a minute however many requests, and none once it is spent", async () => {
  const store = fakeBudgetStore();
  const budgets = slicedBudgets(store, testClock());
  const granted = [];
  for (let turn = 0; turn < 10_000; turn++) granted.push((await budgets.charge(caller, 1)).isGranted);
  expect(granted.filter(Boolean)).toHaveLength(3_000);
  expect(granted.lastIndexOf(true)).toBe(2_999);
  expect(store.reservations).toBe(50);
});

test("requests that meet share one reservation", async () => {
  const store = fakeBudgetStore();
  const budgets = slicedBudgets(store, testClock());
  await Promise.all(Array.from({ length: 60 }, () => budgets.charge(caller, 1)));
  expect(store.reservations).toBe(1);
});

test("a caller is told what is left and until when", async () => {
  const clock = testClock("2026-11-02T08:30:45.500Z");
  const budgets = slicedBudgets(fakeBudgetStore(), clock);
  const whole = { isGranted: true, limit: 3_000 };
  expect(await budgets.charge(caller, 1)).toEqual({ ...whole, remaining: 2_999, resetSeconds: 15 });
  expect(await budgets.charge(caller, 10)).toEqual({ ...whole, remaining: 2_989, resetSeconds: 15 });
  clock.advance(14_500);
  expect(await budgets.charge(caller, 1)).toEqual({ ...whole, remaining: 2_999, resetSeconds: 60 });
});

test("what is too much for the rest of a budget is refused, and less is not", async () => {
  const budgets = slicedBudgets(fakeBudgetStore(), testClock());
  const small = { callerId: "svc_1", limit: 15 };
  expect((await budgets.charge(small, 10)).isGranted).toBe(true);
  expect(await budgets.charge(small, 10)).toMatchObject({ isGranted: false, remaining: 5 });
  expect((await budgets.charge(small, 5)).isGranted).toBe(true);
  expect((await budgets.charge(small, 1)).isGranted).toBe(false);
});

test("a reservation that fails is tried anew by the next request", async () => {
  const store = fakeBudgetStore();
  let isDown = true;
  const flaky = {
    reserve: (...asked: Parameters<typeof store.reserve>) =>
      isDown ? Promise.reject(new Error("down")) : store.reserve(...asked),
  };
  const budgets = slicedBudgets(flaky, testClock());
  await expect(budgets.charge(caller, 1)).rejects.toThrow("down");
  isDown = false;
  expect((await budgets.charge(caller, 1)).isGranted).toBe(true);
});

test("no number of processes grants more than the limit in any minute of the clock", async () => {
  const step = fc.record({
    process: fc.nat(2),
    weight: fc.constantFrom(1, 1, 10),
    waitMs: fc.constantFrom(0, 0, 7_000),
  });
  const property = fc.asyncProperty(
    fc.integer({ min: 1, max: 60 }),
    fc.array(step, { maxLength: 120 }),
    async (limit, steps) => {
      const clock = testClock();
      const store = fakeBudgetStore();
      const processes = [0, 1, 2].map(() => slicedBudgets(store, clock));
      const used = new Map<number, number>();
      for (const { process, weight, waitMs } of steps) {
        clock.advance(waitMs);
        const minute = Math.floor(clock.now().getTime() / 60_000);
        const standing = await processes[process]?.charge({ callerId: "svc_1", limit }, weight);
        if (standing?.isGranted) used.set(minute, (used.get(minute) ?? 0) + weight);
      }
      for (const granted of used.values()) expect(granted).toBeLessThanOrEqual(limit);
    },
  );
  await fc.assert(property, { numRuns: 100 });
});
