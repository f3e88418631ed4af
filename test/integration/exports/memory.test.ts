import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";

/** Lambda gives Node these limits in a function of 512 MB; without them V8 takes what the machine has before it cleans up. */
const limits = ["--max-semi-space-size=16", "--max-old-space-size=460"];

test("A6 a worker that exports 100,000 rows never has more than 200 MB, though all have changed since it began", async () => {
  const worker = join(import.meta.dirname, "worker.ts");
  const { stdout } = await promisify(execFile)(process.execPath, [...limits, worker, "100000"]);
  const { rows, lines, megabytes } = JSON.parse(stdout);
  expect({ rows, lines }).toEqual({ rows: 100_000, lines: 100_001 });
  expect(megabytes).toBeLessThan(200);
});
