import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { buildFunctions } from "@shangji/infra/bundle";
import { entries } from "@shangji/infra/domains/entries";
import { env } from "@shangji/lambda/env";
import { beforeAll, describe, expect, it } from "vitest";
import { templatesOf } from "./templates.ts";

/** Imports one bundle after the other, each with its variables, and prints what it reads of them and what it exports. */
const script = `
  const report = {};
  for (const { entry, url, variables } of JSON.parse(process.argv[1])) {
    const read = new Set();
    process.env = new Proxy({ ...variables, AWS_REGION: "us-east-1" }, {
      get: (values, name) => (read.add(name), values[name]),
    });
    try {
      report[entry] = { exports: Object.keys(await import(url)), read: [...read] };
    } catch (error) {
      report[entry] = { error: String(error) };
    }
  }
  console.log(JSON.stringify({ report, loaded: process.moduleLoadList }));
`;

interface Start {
  exports?: string[];
  read?: string[];
  error?: string;
}

describe("a cold start with the environment of the template", () => {
  const given = new Map<string, string[]>();
  let starts: Record<string, Start> = {};
  let loaded: string[] = [];

  beforeAll(async () => {
    const bundles = await buildFunctions();
    const functions = (await templatesOf("local")).ofType("AWS::Lambda::Function");
    const asked = entries.map((entry) => {
      const fn = functions.find(({ Metadata }) => Metadata?.["shangji:entry"] === entry);
      const { NODE_OPTIONS, ...variables } = fn?.Properties.Environment.Variables ?? {};
      given.set(entry, Object.keys(variables).sort());
      const url = pathToFileURL(join(bundles.folderOf(entry), "index.mjs")).href;
      const texts = Object.entries(variables).map(([name, value]) => [
        name,
        typeof value === "string" ? value : "made-up",
      ]);
      return { entry, url, variables: Object.fromEntries(texts) };
    });
    const printed = execFileSync(process.execPath, ["--input-type=module", "--eval", script, JSON.stringify(asked)], {
      encoding: "utf8",
    });
    ({ report: starts, loaded } = JSON.parse(printed));
  });

  it.each(entries)("succeeds for %s, which exports a handler", (entry) => {
    expect(starts[entry]?.error).toBeUndefined();
    expect(starts[entry]?.exports).toEqual(["handler"]);
  });

  it("makes Node load nothing for files, terminals or streams of the web", () => {
    expect(loaded.filter((name) => /internal\/(webstreams|readline|navigator|fs\/promises)/.test(name))).toEqual([]);
  });

  it.each(entries)("gives %s no variable that it does not read", (entry) => {
    const known = new Set<string>(Object.values(env));
    const read = starts[entry]?.read?.filter((name) => known.has(name)).sort();
    expect(read).toEqual(given.get(entry));
  });
});
