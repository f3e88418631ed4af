import { createHash } from "node:crypto";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { type BuildOptions, build, context, type Metafile } from "esbuild";
import { entries, entryName } from "./domains/entries.ts";

const functionEntries = entries.map(entryName);

const root = join(import.meta.dirname, "..");
const outdir = join(root, "dist", "functions");

/** The folder that holds a function's bundle; this folder is the asset that is deployed. */
export function bundleFolder(entry: string): string {
  return join(outdir, entry);
}

function sourceOf(entry: string): string {
  return join(root, "functions", `${entry}.ts`);
}

function optionsFor(entries: readonly string[]): BuildOptions & { metafile: true } {
  return {
    entryPoints: entries.map((entry) => ({ in: sourceOf(entry), out: `${entry}/index` })),
    outdir,
    outExtension: { ".js": ".mjs" },
    bundle: true,
    minify: true,
    keepNames: false,
    format: "esm",
    platform: "node",
    target: "node24",
    mainFields: ["module", "main"],
    sourcemap: "external",
    sourcesContent: false,
    legalComments: "none",
    metafile: true,
    logLevel: "silent",
    // electrodb is CommonJS and requires Node's own modules; ESM has no `require` of its own.
    banner: { js: "import{createRequire as __cr}from'node:module';const require=__cr(import.meta.url);" },
  };
}

/** Builds every function in one call. @throws Error that names what does not build. */
export async function buildBundles(): Promise<Metafile> {
  const missing = functionEntries.filter((entry) => !existsSync(sourceOf(entry)));
  if (missing.length > 0) throw new Error(`These functions have no source: ${missing.join(", ")}`);
  const { metafile } = await build(optionsFor(functionEntries));
  return metafile;
}

/** Writes empty handlers, for tests that look only at templates. */
export function stubBundles(): void {
  for (const entry of functionEntries) {
    mkdirSync(bundleFolder(entry), { recursive: true });
    const file = join(bundleFolder(entry), "index.mjs");
    if (!existsSync(file)) writeFileSync(file, "export const handler = async () => ({});\n");
  }
}

/** Rebuilds on change of a source; `onChange` gets each entry whose bundle has changed. */
export async function watchBundles(on: {
  onChange(entry: string, folder: string): void;
  onError(message: string): void;
}): Promise<{ stop(): Promise<void> }> {
  let known = await fingerprints();
  const watching = await context({
    ...optionsFor(functionEntries),
    plugins: [
      {
        name: "announce",
        setup(builder) {
          builder.onEnd(async ({ errors }) => {
            if (errors.length > 0) {
              on.onError(errors.map(({ location, text }) => `${location?.file}:${location?.line} ${text}`).join("\n"));
              return;
            }
            const now = await fingerprints();
            for (const [entry, print] of now) if (known.get(entry) !== print) on.onChange(entry, bundleFolder(entry));
            known = now;
          });
        },
      },
    ],
  });
  await watching.watch();
  return { stop: () => watching.dispose() };
}

/** Hash of each bundle: esbuild writes all of them again, whatever has changed. */
async function fingerprints(): Promise<Map<string, string>> {
  const prints = functionEntries.map(async (entry): Promise<[string, string]> => {
    const code = await readFile(join(bundleFolder(entry), "index.mjs"));
    return [entry, createHash("sha1").update(code).digest("hex")];
  });
  return new Map(await Promise.all(prints));
}
