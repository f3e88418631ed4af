import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { createLocalClock } from "./local-clock.ts";

const newFile = (): string => join(mkdtempSync(join(tmpdir(), "local-clock-")), "deep", "clock.json");

test("runs with real time until it is moved, and then ahead of it", () => {
  vi.useFakeTimers({ now: 1_000_000 });
  const clock = createLocalClock();
  expect(clock.now()).toBe(1_000_000);
  clock.advance("PT1H");
  vi.advanceTimersByTime(50);
  expect(clock.now()).toBe(1_000_000 + 3_600_000 + 50);
  vi.useRealTimers();
});

test("keeps its offset in the file, so that a restart does not turn time back", () => {
  const file = newFile();
  createLocalClock(file).advance("P3D");
  createLocalClock(file).advance("P1D");
  expect(createLocalClock(file).offset()).toBe(4 * 86_400_000);
});

test("a damaged file means real time", () => {
  const file = join(mkdtempSync(join(tmpdir(), "local-clock-")), "clock.json");
  writeFileSync(file, '{"offsetMs": ');
  expect(createLocalClock(file).offset()).toBe(0);
});

test("tells listeners each move until they stop listening", () => {
  const clock = createLocalClock();
  const heard: number[] = [];
  const stop = clock.onMove((offsetMs) => heard.push(offsetMs));
  clock.advance("PT1S");
  clock.advance("PT1S");
  stop();
  clock.advance("PT1S");
  expect(heard).toEqual([1000, 2000]);
});
