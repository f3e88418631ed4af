import { existsSync, watch } from "node:fs";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { isBuiltin } from "node:module";
import { dirname, join, relative } from "node:path";
import { type BuildFailure, type BuildOptions, build, type Metafile, type OutputFile, type Plugin } from "esbuild";
import { type Entry, entries, entryName } from "./domains/entries.ts";

const root = join(import.meta.dirname, "..");
const outdir = join(root, "dist", "functions");

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
function options(built: readonly Entry[]): BuildOptions & { metafile: true; write: false } {
  return {
    absWorkingDir: root,
    entryPoints: built.map((entry) => ({ in: entry, out: `${entryName(entry)}/index` })),
    outdir,
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
    charset: "utf8",
    // CommonJS packages ask for Node's own modules by `require`, which ESM lacks.
    banner: { js: "import{createRequire as $require}from'node:module';const require=$require(import.meta.url);" },
    plugins: [unmappedPackages, environmentCredentials, requiredBuiltins],
    metafile: true,
    write: false,
    logLevel: "silent",
  };
}

/** A map without any mapping. */
const emptyMap = Buffer.from('{"version":3,"sources":[""],"mappings":"AAAA"}').toString("base64");

/** A bundle's map holds our own lines only, a twentieth of the whole: it is read when an error is logged. */
const unmappedPackages: Plugin = {
  name: "unmapped-packages",
  setup(hooks) {
    hooks.onLoad({ filter: /[\\/]node_modules[\\/].*\.[cm]?js$/ }, async ({ path }) => ({
      contents: `${await readFile(path, "utf8")}\n//# sourceMappingURL=data:application/json;base64,${emptyMap}`,
      loader: "js",
    }));
  },
};

/**
 * A function has its role's credentials in its environment; the SDK's search through profiles, instance metadata and
 * sign-on services, with a client for each, would be a seventh of a bundle.
 */
const environmentCredentials: Plugin = {
  name: "environment-credentials",
  setup(hooks) {
    hooks.onResolve({ filter: /^@aws-sdk\/credential-provider-node$/ }, ({ resolveDir }) => ({
      path: "credentials",
      namespace: "environment-credentials",
      pluginData: resolveDir,
    }));
    hooks.onLoad({ filter: /.*/, namespace: "environment-credentials" }, ({ pluginData }) => ({
      contents: 'export { fromEnv as defaultProvider } from "@aws-sdk/credential-provider-env";',
      resolveDir: pluginData as string, // as given above
    }));
  },
};

/**
 * An ES import of a module of Node's own looks at each of its exports, and some load what nobody uses: `node:http` fetch
 * and WebSocket, `node:process` the terminal. `require` does not.
 */
const requiredBuiltins: Plugin = {
  name: "required-builtins",
  setup(hooks) {
    hooks.onResolve({ filter: /^[a-z:_/]+$/ }, ({ path, kind }) =>
      isBuiltin(path) && kind !== "require-call" ? { path, namespace: "required-builtins" } : undefined,
    );
    hooks.onLoad({ filter: /.*/, namespace: "required-builtins" }, ({ path }) => ({
      contents: `module.exports = require(${JSON.stringify(path)});`,
    }));
  },
};

/** Builds every function in one go. @throws BundleError */
export async function buildFunctions(): Promise<Bundles> {
  const missing = entries.filter((entry) => !existsSync(join(root, entry)));
  if (missing.length > 0) throw new BundleError(`These functions have no source: ${missing.join(", ")}`);
  const result = await build(options(entries)).catch(refuse);
  await writeChanged(result.outputFiles);
  const bytes = new Map(
    entries.map((entry): [Entry, number] => {
      const path = relative(root, join(builtFolder(entry), "index.mjs"));
      return [entry, result.metafile.outputs[path]?.bytes ?? 0];
    }),
  );
  return { folderOf: builtFolder, bytes, metafile: result.metafile };
}

/** One tiny handler that stands for every function: enough to synthesise templates without any source. */
export async function stubFunctions(): Promise<Bundles> {
  const folder = join(root, "dist", "stub");
  await writeIfChanged(
    join(folder, "index.mjs"),
    Buffer.from("export const handler = async () => ({ statusCode: 501 });\n"),
  );
  return { folderOf: () => folder, bytes: new Map() };
}

/**
 * Builds functions again when a source of theirs changes. `onChange` gets each function whose code differs, by its source,
 * and the folder of its new code; `onError` gets a message when sources do not build, and the last good bundles stay.
 */
export function watchBundles(
  { metafile }: Bundles,
  listener: { onChange(entry: Entry, folder: string): void; onError(message: string): void },
): { stop(): void } {
  const sources = new Map(entries.map((entry) => [entry, metafile ? sourcesOf(entry, metafile) : new Set<string>()]));
  const broken = new Set<Entry>();

  async function rebuild(files: ReadonlySet<string>): Promise<void> {
    const touched = entries.filter(
      (entry) => broken.has(entry) || [...files].some((file) => sources.get(entry)?.has(file)),
    );
    if (touched.length === 0) return;
    try {
      // All of them take seconds, one a fraction of one.
      const result = await build(options(touched));
      const changed = new Set(await writeChanged(result.outputFiles));
      for (const entry of touched) {
        broken.delete(entry);
        sources.set(entry, sourcesOf(entry, result.metafile));
        if (changed.has(join(builtFolder(entry), "index.mjs"))) listener.onChange(entry, builtFolder(entry));
      }
    } catch (error) {
      for (const entry of touched) broken.add(entry);
      listener.onError(error instanceof Error ? faultsOf(error).join("\n") : String(error));
    }
  }

  const stopped = new AbortController();
  const changed = whenQuiet(rebuild);
  for (const folder of ["functions", "packages"]) {
    watch(join(root, folder), { recursive: true, signal: stopped.signal }, (_, file) => {
      if (file) changed(`${folder}/${file.replaceAll("\\", "/")}`);
    });
  }
  return { stop: () => stopped.abort() };
}

/** Paths, from the root, of everything that a function's bundle is made of. */
function sourcesOf(entry: Entry, { inputs }: Metafile): Set<string> {
  const found = new Set<string>([entry]);
  for (const path of found) for (const { path: imported } of inputs[path]?.imports ?? []) found.add(imported);
  return found;
}

const quietMilliseconds = 30;

/** Gathers paths until changes pause, for an editor writes a file in several steps, and works on them one after the other. */
function whenQuiet(work: (paths: ReadonlySet<string>) => Promise<void>): (path: string) => void {
  let paths = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  let last = Promise.resolve();
  return (path) => {
    paths.add(path);
    clearTimeout(timer);
    timer = setTimeout(() => {
      const gathered = paths;
      paths = new Set();
      last = last.then(() => work(gathered));
    }, quietMilliseconds);
  };
}

function builtFolder(entry: Entry): string {
  return join(outdir, entryName(entry));
}

/** Paths of the files that differed from what was there. */
async function writeChanged(files: readonly OutputFile[]): Promise<string[]> {
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

function faultsOf(error: Error): string[] {
  if (!isBuildFailure(error)) return [error.message];
  return error.errors.map(({ text, location }) => (location ? `${location.file}:${location.line}: ${text}` : text));
}
