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

  it.each(entries)("of %s map to its own sources alone, for a small map is read at each cold start", async (entry) => {
    expect(await textOf(entry, "index.mjs")).toMatch(/\/\/# sourceMappingURL=index\.mjs\.map\n$/);
    const { sources } = JSON.parse(await textOf(entry, "index.mjs.map")) as { sources: string[] };
    expect(sources.some((source) => source.endsWith(entry))).toBe(true);
  });

  it("tell their sizes", () => {
    expect([...bundles.bytes.keys()].sort()).toEqual([...entries].sort());
    for (const bytes of bundles.bytes.values()) expect(bytes).toBeGreaterThan(1000);
  });

  it("carry zod without the messages of languages that nobody asks for", () => {
    const inputs = Object.keys(bundles.metafile?.inputs ?? {});
    expect(inputs.some((input) => input.endsWith("zod/v4/locales/en.js"))).toBe(true);
    expect(inputs.filter((input) => /zod\/.*\/locales\//.test(input))).toHaveLength(1);
  });

  it("have stubs that need no source", async () => {
    const { folderOf } = await stubFunctions();
    expect(await readFile(join(folderOf("functions/people/http.ts"), "index.mjs"), "utf8")).toContain("handler");
  });
});
