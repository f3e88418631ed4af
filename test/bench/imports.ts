import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createClient } from "@shangji/client";
import { ownServices } from "@shangji/local-cloud/services/own-services";
import { runImport } from "../../scripts/imports/run-import.ts";
import { runStack } from "../../scripts/local/run-stack.ts";
import { accessToken } from "../../scripts/stack.ts";
import { round } from "./load.ts";

export interface ImportRow {
  rows: number;
  consumers: "none" | "running";
  rowsPerSecond: number;
}

/** So many that the engine, whose code Java compiles as it runs, is warm for most of them. */
const rows = 20_000;

/** Imports opportunities through the API, once by itself and once with the stream consumers on the same engine. */
export async function measureImports(): Promise<ImportRow[]> {
  return [await measure("none"), await measure("running")];
}

async function measure(consumers: ImportRow["consumers"]): Promise<ImportRow> {
  const folder = await mkdtemp(join(tmpdir(), "shangji-bench-"));
  const services = ownServices().filter((make) => consumers === "running" || make().name !== "streams");
  const { stack, cloud } = await runStack({ outdir: join(folder, "assembly"), services });
  try {
    const file = join(folder, "deals.csv");
    await writeFile(file, csv());
    const client = createClient({ baseUrl: stack.apiUrl, token: await accessToken(stack, "admin") });
    const done = await runImport(client, {
      file,
      input: { entity: "opportunities", dryRun: false },
      onProgress: () => undefined,
    });
    if (done.counts.created !== rows) throw new Error(`the import made ${JSON.stringify(done)}`);
    return { rows, consumers, rowsPerSecond: round(done.rowsPerSecond ?? 0) };
  } finally {
    await cloud.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

function csv(): string {
  const lines = ["externalId,name,amount,currency,openedAt,source"];
  for (let row = 0; row < rows; row++) {
    const opened = new Date(Date.parse("2025-01-01") + (row % 600) * 86_400_000).toISOString().slice(0, 10);
    lines.push(`D${row},商机 ${row},${1000 + row},USD,${opened},${["web", "event"][row % 2]}`);
  }
  return `${lines.join("\n")}\n`;
}
