import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";

/** Lambda gives Node these limits in a function of 256 MB; without them V8 takes what the machine has before it cleans up. */
const limits = ["--max-semi-space-size=12", "--max-old-space-size=230"];

test("A6 a worker that imports 100,000 rows never has more than 256 MB", async () => {
  const { stdout } = await promisify(execFile)(process.execPath, [
    ...limits,
    join(import.meta.dirname, "worker.ts"),
    "100000",
  ]);
  const { created, failed, megabytes, complete } = JSON.parse(stdout);
  expect({ created, failed, complete }).toEqual({ created: 90_000, failed: 10_000, complete: true });
  expect(megabytes).toBeLessThan(256);
});
