import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";

/** A template under test; everything in it may be changed before the assembly is written. */
export interface Template {
  Resources: Record<string, { Type: string; Properties?: Record<string, unknown>; [section: string]: unknown }>;
  Outputs?: Record<string, unknown>;
  [section: string]: unknown;
}

/**
 * Writes stacks as an assembly in a new folder, the way the CDK lays one out, with the handlers of this fixture bundled
 * as assets `asset.<handler>`. Returns the folder.
 */
export async function writeAssembly(stacks: Readonly<Record<string, Template>>): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "local-cloud-assembly-"));
  await bundleHandlers(folder);
  const artifacts: Record<string, unknown> = {};
  for (const [name, template] of Object.entries(stacks)) {
    artifacts[name] = {
      type: "aws:cloudformation:stack",
      environment: "aws://unknown-account/eu-west-1",
      properties: { templateFile: `${name}.template.json` },
    };
    writeFileSync(join(folder, `${name}.template.json`), JSON.stringify(template));
    const files = Object.fromEntries(
      handlers.map((handler) => [
        handler,
        { source: { path: `asset.${handler}` }, destinations: { here: { objectKey: `${handler}.zip` } } },
      ]),
    );
    writeFileSync(join(folder, `${name}.assets.json`), JSON.stringify({ files }));
  }
  writeFileSync(join(folder, "manifest.json"), JSON.stringify({ version: "1", artifacts }));
  return folder;
}

const handlers = ["things", "authorizer"];

async function bundleHandlers(folder: string): Promise<void> {
  for (const handler of handlers) mkdirSync(join(folder, `asset.${handler}`));
  await build({
    entryPoints: handlers.map((handler) => ({
      in: join(import.meta.dirname, "handlers", `${handler}.ts`),
      out: `asset.${handler}/index`,
    })),
    outdir: folder,
    outExtension: { ".js": ".mjs" },
    bundle: true,
    minify: true,
    format: "esm",
    platform: "node",
    target: "node24",
    mainFields: ["module", "main"],
  });
}
