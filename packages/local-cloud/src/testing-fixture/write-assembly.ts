import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";

/** A template under test; everything in it may be changed before the assembly is written. */
export interface Template {
  Resources: Record<string, { Type: string; Properties?: Record<string, unknown>; [section: string]: unknown }>;
  Outputs?: Record<string, unknown>;
  [section: string]: unknown;
}

/** Writes stacks as an assembly in a new folder, the way the CDK lays one out. Returns the folder; no code is in it. */
export function writeAssembly(stacks: Readonly<Record<string, Template>>): string {
  return write(stacks, "/nowhere");
}

/** The same with the handlers of this fixture as assets, named `<handler>.zip` in templates. */
export async function writeRunnableAssembly(stacks: Readonly<Record<string, Template>>): Promise<string> {
  bundles ??= bundleHandlers();
  return write(stacks, await bundles);
}

function write(stacks: Readonly<Record<string, Template>>, assetFolder: string): string {
  const folder = mkdtempSync(join(tmpdir(), "local-cloud-assembly-"));
  const files = Object.fromEntries(
    handlers.map((handler) => [
      handler,
      { source: { path: join(assetFolder, handler) }, destinations: { here: { objectKey: `${handler}.zip` } } },
    ]),
  );
  const artifacts: Record<string, unknown> = {};
  for (const [name, template] of Object.entries(stacks)) {
    artifacts[name] = {
      type: "aws:cloudformation:stack",
      environment: "aws://unknown-account/eu-west-1",
      properties: { templateFile: `${name}.template.json` },
    };
    writeFileSync(join(folder, `${name}.template.json`), JSON.stringify(template));
    writeFileSync(join(folder, `${name}.assets.json`), JSON.stringify({ files }));
  }
  writeFileSync(join(folder, "manifest.json"), JSON.stringify({ version: "1", artifacts }));
  return folder;
}

const handlers = ["things", "authorizer"];
let bundles: Promise<string> | undefined;

async function bundleHandlers(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "local-cloud-bundles-"));
  await build({
    entryPoints: handlers.map((handler) => ({
      in: join(import.meta.dirname, "handlers", `${handler}.ts`),
      out: `${handler}/index`,
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
  return folder;
}
