import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { buildFunctions } from "@shangji/infra/bundle";
import { entries } from "@shangji/infra/domains/entries";
import { env } from "@shangji/lambda/env";
import { median, round } from "./load.ts";

export interface FunctionRow {
  function: string;
  bundleKb: number;
  /** Milliseconds from the start of the import of the bundle to its handler, in a fresh process. */
  initMs: number;
}

const runs = 10;
const script = `
  const started = performance.now();
  await import(process.argv[1]);
  console.log(performance.now() - started);
  process.exit(0);
`;

/** Size and init time of every function, and of an empty handler for comparison, which comes first. */
export async function measureFunctions(): Promise<FunctionRow[]> {
  const bundles = await buildFunctions();
  const folder = mkdtempSync(join(tmpdir(), "shangji-empty-"));
  try {
    const empty = join(folder, "index.mjs");
    writeFileSync(empty, "export const handler = async () => ({ statusCode: 200 });\n");
    return [
      { function: "empty handler", bundleKb: 0, initMs: initOf(empty) },
      ...entries.map((entry) => ({
        function: entry,
        bundleKb: Math.round((bundles.bytes.get(entry) ?? 0) / 1024),
        initMs: initOf(join(bundles.folderOf(entry), "index.mjs")),
      })),
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function initOf(path: string): number {
  const variables = Object.fromEntries(
    Object.values(env).map((name) => [name, name === env.orgZone ? "UTC" : "made-up"]),
  );
  const times = Array.from({ length: runs }, () =>
    Number(
      execFileSync(process.execPath, ["--input-type=module", "--eval", script, pathToFileURL(path).href], {
        encoding: "utf8",
        env: {
          ...process.env,
          ...variables,
          [env.defaultLocale]: "en",
          [env.baseCurrency]: "USD",
          [env.phoneCountry]: "CN",
          AWS_REGION: "us-east-1",
        },
      }),
    ),
  );
  return round(median(times));
}
