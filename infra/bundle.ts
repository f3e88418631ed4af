import { existsSync } from "node:fs";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { type BuildFailure, type BuildOptions, build, type Metafile, type OutputFile } from "esbuild";
import {
  environmentCredentials,
  ownSources,
  prunedOperations,
  requiredBuiltins,
  unmappedPackages,
  withoutUnusedParts,
} from "./bundle-plugins.ts";
import { type Entry, entries, entryName } from "./domains/entries.ts";

/** Where sources lie, and which of them are functions, as paths from there. */
export interface SourceTree {
  readonly root: string;
  readonly entries: readonly Entry[];
}

export const ownTree: SourceTree = { root: join(import.meta.dirname, ".."), entries };

/** Functions as they are deployed: one folder each, with `index.mjs` and its source map. */
export interface Bundles {
  /** Absolute path of the folder that becomes the function's code. */
  folderOf(entry: Entry): string;
  /** Bytes of `index.mjs`, without the map. Empty for stubs. */
  readonly bytes: ReadonlyMap<Entry, number>;
  /** What went into each bundle; absent for stubs. */
  readonly metafile?: Metafile;
}

/** A source that does not build; the message names it and the fault. */
export class BundleError extends Error {
  override readonly name = "BundleError";
}

/**
 * The same sources give the same bytes, so that asset hashes change with the code only. The AWS SDK is part of the
 * bundle, for that loads faster than the one of the runtime.
 */
export function options(
  { root }: SourceTree,
  built: readonly Entry[],
): BuildOptions & { metafile: true; write: false } {
  return {
    absWorkingDir: root,
    entryPoints: built.map((entry) => ({ in: entry, out: `${entryName(entry)}/index` })),
    outdir: join(root, "dist", "functions"),
    outExtension: { ".js": ".mjs" },
    bundle: true,
    platform: "node",
    target: "node24",
    format: "esm",
    mainFields: ["module", "main"],
    conditions: ["module"],
    minify: true,
    sourcemap: "linked",
    sourcesContent: false,
    legalComments: "none",
    // Packages look for them at a start, which makes Node load both; a function has no use for either.
    define: { navigator: "undefined", ReadableStream: "undefined" },
    // CommonJS packages ask for Node's own modules by `require`, which ESM lacks.
    banner: { js: "import{createRequire as $require}from'node:module';const require=$require(import.meta.url);" },
    plugins: [
      ownSources,
      prunedOperations,
      withoutUnusedParts,
      unmappedPackages,
      environmentCredentials,
      requiredBuiltins,
    ],
    metafile: true,
    write: false,
    logLevel: "silent",
  };
}

/** Builds every function in one go. @throws BundleError */
export async function buildFunctions(tree = ownTree): Promise<Bundles> {
  const { root, entries } = tree;
  const folderOf = (entry: Entry) => builtFolder(tree, entry);
  const missing = entries.filter((entry) => !existsSync(join(root, entry)));
  if (missing.length > 0) throw new BundleError(`These functions have no source: ${missing.join(", ")}`);
  const result = await build(options(tree, entries)).catch(refuse);
  await writeChanged(result.outputFiles);
  const bytes = new Map(
    entries.map((entry): [Entry, number] => {
      const path = relative(root, join(folderOf(entry), "index.mjs"));
      return [entry, result.metafile.outputs[path]?.bytes ?? 0];
    }),
  );
  return { folderOf, bytes, metafile: result.metafile };
}

/** One tiny handler that stands for every function: enough to synthesise templates without any source. */
export async function stubFunctions(): Promise<Bundles> {
  const folder = join(ownTree.root, "dist", "stub");
  await writeIfChanged(
    join(folder, "index.mjs"),
    Buffer.from("export const handler = async () => ({ statusCode: 501 });\n"),
  );
  return { folderOf: () => folder, bytes: new Map() };
}

export function builtFolder({ root }: SourceTree, entry: Entry): string {
  return join(root, "dist", "functions", entryName(entry));
}

/** Paths of the files that differed from what was there. */
export async function writeChanged(files: readonly OutputFile[]): Promise<string[]> {
  const written = await Promise.all(
    files.map(async ({ path, contents }) => ((await writeIfChanged(path, contents)) ? [path] : [])),
  );
  return written.flat();
}

/** Other processes may read the file meanwhile, so it is replaced as a whole. */
async function writeIfChanged(path: string, contents: Uint8Array): Promise<boolean> {
  const current = await readFile(path).catch(() => undefined);
  if (current?.equals(contents)) return false;
  await mkdir(dirname(path), { recursive: true });
  const whole = `${path}.${process.pid}`;
  await writeFile(whole, contents);
  await rename(whole, path);
  return true;
}

function refuse(error: unknown): never {
  if (!isBuildFailure(error)) throw error;
  throw new BundleError(`The functions do not build:\n${faultsOf(error).join("\n")}`, { cause: error });
}

function isBuildFailure(error: unknown): error is BuildFailure {
  return error instanceof Error && "errors" in error && Array.isArray(error.errors);
}

export function faultsOf(error: Error): string[] {
  if (!isBuildFailure(error)) return [error.message];
  return error.errors.map(({ text, location }) => (location ? `${location.file}:${location.line}: ${text}` : text));
}
