import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { buildSync } from "esbuild";
import { afterAll, beforeAll, expect, test } from "vitest";
import { mappedFrame } from "./mapped-frame.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "shangji-map-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("a frame of a bundle names the source's line", () => {
  const source = "export function one(a) {\n  return a;\n}\n\nexport function two() {\n  throw new Error('x');\n}\n";
  const outfile = join(folder, "index.mjs");
  buildSync({
    stdin: { contents: source, sourcefile: "functions/two.ts", resolveDir: folder },
    ...{ outfile, minify: true, format: "esm", sourcemap: "linked", logLevel: "silent" },
  });
  const url = pathToFileURL(outfile).href;
  // Minified into one line; the second `function` begins behind the first.
  expect(mappedFrame(`    at two (${url}:1:40)`)).toMatch(/^ {4}at two \(.*two\.ts:[56]:\d+\)$/);
});

test("any other line stays as it is", () => {
  for (const line of ["    at one (file:///nowhere/index.mjs:1:2)", "    at node:internal/main:5:1", "Error: x"]) {
    expect(mappedFrame(line)).toBe(line);
  }
});
