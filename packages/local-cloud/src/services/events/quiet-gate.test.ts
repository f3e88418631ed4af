import { expect, test } from "vitest";
import { QuietGate } from "./quiet-gate.ts";

const never = new AbortController().signal;

test("four are under way at once, and all come to their turn in order", async () => {
  const gate = new QuietGate(() => false, never);
  const begun: number[] = [];
  const ends: (() => void)[] = [];
  const all = Array.from({ length: 9 }, (_, number) =>
    gate
      .pass(async () => {
        begun.push(number);
        await new Promise<void>((resolve) => ends.push(resolve));
        if (number === 2) throw new Error("a turn ends however it ends");
      })
      .catch(() => undefined),
  );
  for (let done = 0; done < 9; done++) {
    await expect.poll(() => ends.length).toBe(Math.min(done + 4, 9));
    ends[done]?.();
  }
  await Promise.all(all);
  expect(begun).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
});

test("nothing begins while many requests are under way, unless the cloud stops", async () => {
  const stop = new AbortController();
  let [isBusy, asked, begun] = [true, 0, 0];
  const gate = new QuietGate(() => {
    asked += 1;
    return isBusy;
  }, stop.signal);
  const first = gate.pass(async () => {
    begun += 1;
  });
  await expect.poll(() => asked).toBeGreaterThan(2);
  expect(begun).toBe(0);
  isBusy = false;
  await first;
  expect(begun).toBe(1);
  isBusy = true;
  const second = gate.pass(async () => {
    begun += 1;
  });
  stop.abort();
  await second;
  expect(begun).toBe(2);
});
