import { appendFileSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { openKeptMap } from "./kept-map.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "kept-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it("gives back after a reopening what was set and not deleted, in order", () => {
  const file = join(folder, "deep", "map.jsonl");
  const first = openKeptMap<{ n: number }>(file);
  first.set("a", { n: 1 });
  first.set("b", { n: 2 });
  first.set("a", { n: 3 });
  first.set("c", { n: 4 });
  first.delete("b");
  first.close();
  const second = openKeptMap<{ n: number }>(file);
  expect([...second.entries()]).toEqual([
    ["a", { n: 3 }],
    ["c", { n: 4 }],
  ]);
  second.close();
});

it("loses only the line that a crash cut short", () => {
  const file = join(folder, "map.jsonl");
  const first = openKeptMap<number>(file);
  first.set("a", 1);
  first.close();
  appendFileSync(file, '["b", 2');
  const second = openKeptMap<number>(file);
  expect([...second.entries()]).toEqual([["a", 1]]);
  second.set("c", 3);
  second.close();
  expect([...openKeptMap<number>(file).values()]).toEqual([1, 3]);
});

it("does not let the file grow with the number of changes", () => {
  const file = join(folder, "map.jsonl");
  const map = openKeptMap<number>(file);
  for (let change = 0; change < 10_000; change += 1) map.set(`key${change % 3}`, change);
  map.close();
  expect(readFileSync(file, "utf8").split("\n").length).toBeLessThan(2_100);
  expect([...openKeptMap<number>(file).values()]).toEqual([9_999, 9_997, 9_998]);
});

it("keeps nothing without a file", () => {
  const map = openKeptMap<number>(undefined);
  map.set("a", 1);
  expect(map.get("a")).toBe(1);
  expect(openKeptMap<number>(undefined).size).toBe(0);
});
