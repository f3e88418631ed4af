import type { BudgetStore } from "@shangji/core/limits/ports";
import { describe, expect, test } from "vitest";

/** What every store of budgets promises. `open` gives an empty one. */
export function budgetStoreConformance(name: string, open: () => Promise<BudgetStore>): void {
  describe(name, () => {
    const window = { callerId: "svc_1", minute: 29_000_000, limit: 100 };

    const wish = (wanted: number, needed = 1) => ({ wanted, needed });

    test("grants what is wanted, at the end what is left, and then nothing", async () => {
      const store = await open();
      expect(await store.reserve(window, wish(60))).toEqual({ granted: 60, reserved: 60 });
      expect(await store.reserve(window, wish(60))).toEqual({ granted: 40, reserved: 100 });
      expect(await store.reserve(window, wish(60))).toEqual({ granted: 0, reserved: 100 });
      expect(await store.reserve(window, wish(1))).toEqual({ granted: 0, reserved: 100 });
    });

    test("leaves to others what is not enough", async () => {
      const store = await open();
      await store.reserve(window, wish(95));
      expect(await store.reserve(window, wish(10, 10))).toEqual({ granted: 0, reserved: 95 });
      expect(await store.reserve(window, wish(10, 5))).toEqual({ granted: 5, reserved: 100 });
    });

    test("grants more than the limit to nobody", async () => {
      const store = await open();
      expect(await store.reserve({ ...window, limit: 5 }, wish(10))).toMatchObject({ granted: 5 });
      expect(await store.reserve({ ...window, limit: 5, minute: 1 }, wish(10, 6))).toMatchObject({ granted: 0 });
    });

    test("keeps callers and minutes apart", async () => {
      const store = await open();
      await store.reserve(window, wish(100));
      expect((await store.reserve({ ...window, minute: window.minute + 1 }, wish(100))).granted).toBe(100);
      expect((await store.reserve({ ...window, callerId: "svc_2" }, wish(100))).granted).toBe(100);
    });

    test("grants no more than the limit to many at once", async () => {
      const store = await open();
      const granted = await Promise.all(Array.from({ length: 30 }, () => store.reserve(window, wish(7))));
      expect(granted.reduce((sum, one) => sum + one.granted, 0)).toBeLessThanOrEqual(100);
      expect((await store.reserve(window, wish(1_000))).reserved).toBe(100);
    });
  });
}
