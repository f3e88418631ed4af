import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildFunctions, type SourceTree } from "@shangji/infra/bundle";
import { watchBundles } from "@shangji/infra/watch-bundles";
import { afterEach, beforeEach, expect, it } from "vitest";

let tree: SourceTree;
let watcher: { stop(): void } | undefined;
beforeEach(() => {
  const root = mkdtempSync(join(tmpdir(), "shangji-watch-"));
  // A tree of its own with functions of its own.
  tree = { root, entries: ["functions/one.ts", "functions/other.ts"] as unknown as SourceTree["entries"] };
  write("packages/greeting.ts", 'export const greeting = "before";\n');
  write(
    "functions/one.ts",
    'import { greeting } from "../packages/greeting.ts";\nexport const handler = () => greeting;\n',
  );
  write("functions/other.ts", 'export const handler = () => "other";\n');
});
afterEach(() => {
  watcher?.stop();
  rmSync(tree.root, { recursive: true, force: true });
});

function write(path: string, text: string): void {
  mkdirSync(join(tree.root, path, ".."), { recursive: true });
  writeFileSync(join(tree.root, path), text);
}

/** What the listener hears, in order; `next` waits for the next of it. */
async function watched() {
  const bundles = await buildFunctions(tree);
  const heard: string[] = [];
  let wake = () => {};
  const hear = (text: string) => {
    heard.push(text);
    wake();
  };
  watcher = watchBundles(
    bundles,
    {
      onChange: (entry, folder) => hear(`${entry}: ${readFileSync(join(folder, "index.mjs"), "utf8")}`),
      onError: (message) => hear(`error: ${message}`),
    },
    tree,
  );
  return async () => {
    while (heard.length === 0) {
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
    return heard.shift();
  };
}

it("builds the functions again that are made of a changed source", async () => {
  const next = await watched();
  write("packages/greeting.ts", 'export const greeting = "after";\n');
  expect(await next()).toMatch(/^functions\/one\.ts: .*after/s);
  write("functions/other.ts", 'export const handler = () => "changed";\n');
  expect(await next()).toMatch(/^functions\/other\.ts: .*changed/s);
});

it("says where a source does not build, keeps the last good bundle, and goes on once it does", async () => {
  const next = await watched();
  write("packages/greeting.ts", "export const greeting = ;\n");
  expect(await next()).toMatch(/^error: packages\/greeting\.ts:1: /);
  expect(readFileSync(join(tree.root, "dist/functions/one/index.mjs"), "utf8")).toContain("before");
  write("packages/greeting.ts", 'export const greeting = "repaired";\n');
  expect(await next()).toMatch(/^functions\/one\.ts: .*repaired/s);
});
