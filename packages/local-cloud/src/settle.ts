import { setImmediate as nextTurn } from "node:timers/promises";
import type { LocalRuntime } from "./runtime/runtime.ts";
import type { LocalService } from "./service.ts";

/**
 * Waits until nothing is left to do. One service feeds another, and a function any of them, so idleness counts only when
 * everything has been idle in one go and still is a turn of the event loop later.
 */
export async function settle(services: readonly LocalService[], runtime: LocalRuntime): Promise<void> {
  const isIdle = (): boolean =>
    runtime.inFlight() === 0 && services.every((service) => service.isIdle === undefined || service.isIdle());
  let idleTurns = 0;
  while (idleTurns < 2) {
    const wasIdle = isIdle();
    for (const service of services) await service.settle?.();
    await runtime.idle();
    await nextTurn();
    idleTurns = wasIdle && isIdle() ? idleTurns + 1 : 0;
  }
}
