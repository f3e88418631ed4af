import type { BudgetStore } from "@shangji/core/limits/ports";
import { describe, expect, test } from "vitest";

/** What every store of budgets promises. `open` gives an empty one. */
export function budgetStoreConformance(name: string, open: () => Promise<BudgetStore>): void {
  describe(name, () => {
    const window = { callerId: "svc_1", minute: 29_000_000, limit: 100 };

    test("grants what is asked for, at the end what is left, and then nothing", async () => {
      const store = await open();
      expect(await store.reserve(window, 60)).toEqual({ granted: 60, reserved: 60 });
      expect(await store.reserve(window, 60)).toEqual({ granted: 40, reserved: 100 });
      expect(await store.reserve(window, 60)).toEqual({ granted: 0, reserved: 100 });
      expect(await store.reserve(window, 1)).toEqual({ granted: 0, reserved: 100 });
    });

    test("grants more than the limit to nobody", async () => {
      expect((await (await open()).reserve({ ...window, limit: 5 }, 10)).granted).toBe(5);
    });

    test("keeps callers and minutes apart", async () => {
      const store = await open();
      await store.reserve(window, 100);
      expect((await store.reserve({ ...window, minute: window.minute + 1 }, 100)).granted).toBe(100);
      expect((await store.reserve({ ...window, callerId: "svc_2" }, 100)).granted).toBe(100);
    });

    test("grants no more than the limit to many at once", async () => {
      const store = await open();
      const granted = await Promise.all(Array.from({ length: 30 }, () => store.reserve(window, 7)));
      expect(granted.reduce((sum, one) => sum + one.granted, 0)).toBeLessThanOrEqual(100);
      expect((await store.reserve(window, 1_000)).reserved).toBe(100);
    });
  });
}
