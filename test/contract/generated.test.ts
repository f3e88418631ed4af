import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";

const root = join(import.meta.dirname, "..", "..");

test("the committed OpenAPI document, event schemas and client are those of the registry", async () => {
  const { stdout } = await promisify(execFile)(process.execPath, [join(root, "scripts", "generate.ts"), "--check"], {
    cwd: root,
  });
  expect(stdout).toContain("up to date");
});
