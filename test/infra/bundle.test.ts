import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { type Bundles, buildFunctions, stubFunctions } from "@shangji/infra/bundle";
import { entries } from "@shangji/infra/domains/entries";
import { beforeAll, describe, expect, it } from "vitest";

describe("bundles", () => {
  let bundles: Bundles;
  beforeAll(async () => {
    bundles = await buildFunctions();
  });

  const textOf = (entry: (typeof entries)[number], file: string) =>
    readFile(join(bundles.folderOf(entry), file), "utf8");

  it.each(entries)("of %s are the same wherever they are built", async (entry) => {
    for (const file of ["index.mjs", "index.mjs.map"]) {
      expect(await textOf(entry, file)).not.toContain(join(import.meta.dirname, "..", ".."));
    }
  });

  it.each(entries)("of %s map to its own sources alone", async (entry) => {
    expect(await textOf(entry, "index.mjs")).toMatch(/\/\/# sourceMappingURL=index\.mjs\.map\n$/);
    const { sources } = JSON.parse(await textOf(entry, "index.mjs.map")) as { sources: string[] };
    expect(sources.some((source) => source.endsWith(entry))).toBe(true);
  });

  it("tell their sizes", () => {
    expect([...bundles.bytes.keys()].sort()).toEqual([...entries].sort());
    for (const bytes of bundles.bytes.values()) expect(bytes).toBeGreaterThan(1000);
  });

  it("carry neither zod's messages in fifty languages nor electrodb nor the SDK's ways to find credentials", async () => {
    for (const { inputs } of Object.values(bundles.metafile?.outputs ?? {})) {
      // What is left out of an output weighs nothing in it.
      const carried = Object.keys(inputs).filter((input) => (inputs[input]?.bytesInOutput ?? 0) > 0);
      expect(carried.filter((input) => /zod\/.*\/locales\/(?!en\.js)/.test(input))).toEqual([]);
      expect(carried.filter((input) => /node_modules\/(electrodb|@aws-sdk\/nested-clients)\//.test(input))).toEqual([]);
    }
  });

  // One letter more, in a regular expression for instance, doubles what V8 keeps of a bundle and has to read.
  it.each(entries)("of %s are ASCII", async (entry) => {
    expect((await textOf(entry, "index.mjs")).match(/.{0,20}[^\0-\x7f].{0,20}/g)).toBeNull();
  });

  it("carry no module that only renders schemas or remembers endpoints, and wrap none in functions", async () => {
    for (const { inputs } of Object.values(bundles.metafile?.outputs ?? {})) {
      const heavy = Object.keys(inputs).filter((input) => (inputs[input]?.bytesInOutput ?? 0) > 1500);
      expect(heavy.filter((input) => /mnemonist|to-json-schema|json-schema-processors/.test(input))).toEqual([]);
    }
    for (const entry of entries) expect(await textOf(entry, "index.mjs")).not.toMatch(/event-?streams\/index/i);
  });

  it("leave out the schemas that a function does not ask for", () => {
    const weightIn = (entry: string) =>
      Object.entries(bundles.metafile?.outputs ?? {}).find(([path]) => path.endsWith(`${entry}/index.mjs`))?.[1].inputs[
        "packages/contracts/src/accounts/schemas.ts"
      ]?.bytesInOutput ?? 0;
    expect(weightIn("events/publisher")).toBeGreaterThan(100);
    expect(weightIn("events/publisher")).toBeLessThan(weightIn("accounts/http") / 2);
  });

  it("have stubs that need no source", async () => {
    const { folderOf } = await stubFunctions();
    expect(await readFile(join(folderOf("functions/people/http.ts"), "index.mjs"), "utf8")).toContain("handler");
  });
});
