import type { BudgetStore } from "@shangji/core/limits/ports";

/** Budgets in memory. They are proven equal to the real ones by the conformance suite. */
export function fakeBudgetStore(): BudgetStore & { reservations: number } {
  const reserved = new Map<string, number>();
  return {
    reservations: 0,
    async reserve({ callerId, minute, limit }, { wanted, needed }) {
      this.reservations += 1;
      const key = `${callerId} ${minute}`;
      const before = reserved.get(key) ?? 0;
      const most = Math.min(wanted, limit - before);
      const granted = most >= needed ? most : 0;
      reserved.set(key, before + granted);
      return { granted, reserved: before + granted };
    },
  };
}
