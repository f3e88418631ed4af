import { expect, it } from "vitest";
import { createLocalClock } from "../../clock/local-clock.ts";
import { atLocalTime, untilLocalTime } from "./local-timer.ts";

it("fires when the clock is moved past the time, and only once", async () => {
  const clock = createLocalClock();
  let fired = 0;
  const done = new Promise<void>((resolve) =>
    atLocalTime(clock, clock.now() + 3 * 86_400_000, () => {
      fired += 1;
      resolve();
    }),
  );
  clock.advance("P2D");
  expect(fired).toBe(0);
  clock.advance("P2D");
  await done;
  clock.advance("P2D");
  expect(fired).toBe(1);
});

it("can be cancelled", () => {
  const clock = createLocalClock();
  let fired = 0;
  atLocalTime(clock, clock.now() + 1_000, () => {
    fired += 1;
  })();
  clock.advance("PT1H");
  expect(fired).toBe(0);
});

it("fires by real time too", async () => {
  const clock = createLocalClock();
  const due = clock.now() + 20;
  const keepAlive = setInterval(() => undefined, 1_000);
  await untilLocalTime(clock, due, new AbortController().signal);
  clearInterval(keepAlive);
  expect(clock.now()).toBeGreaterThanOrEqual(due);
});

it("rejects a wait that is aborted", async () => {
  const clock = createLocalClock();
  const controller = new AbortController();
  const waiting = untilLocalTime(clock, clock.now() + 60_000, controller.signal);
  controller.abort(new Error("stopped"));
  await expect(waiting).rejects.toThrow("stopped");
});
