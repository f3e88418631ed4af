import { watch } from "node:fs";
import { join } from "node:path";
import { build, type Metafile } from "esbuild";
import { type Bundles, builtFolder, faultsOf, options, ownTree, type SourceTree, writeChanged } from "./bundle.ts";
import type { Entry } from "./domains/entries.ts";

/**
 * Builds functions again when a source of theirs changes. `onChange` gets each function whose code differs, by its source,
 * and the folder of its new code; `onError` gets a message when sources do not build, and the last good bundles stay.
 */
export function watchBundles(
  { metafile }: Bundles,
  listener: { onChange(entry: Entry, folder: string): void; onError(message: string): void },
  tree: SourceTree = ownTree,
): { stop(): void } {
  const { root, entries } = tree;
  const sources = new Map(entries.map((entry) => [entry, metafile ? sourcesOf(entry, metafile) : new Set<string>()]));
  const broken = new Set<Entry>();

  async function rebuild(files: ReadonlySet<string>): Promise<void> {
    const touched = entries.filter(
      (entry) => broken.has(entry) || [...files].some((file) => sources.get(entry)?.has(file)),
    );
    if (touched.length === 0) return;
    try {
      // All of them take seconds, one a fraction of one.
      const result = await build(options(tree, touched));
      const changed = new Set(await writeChanged(result.outputFiles));
      for (const entry of touched) {
        broken.delete(entry);
        sources.set(entry, sourcesOf(entry, result.metafile));
        if (changed.has(join(builtFolder(tree, entry), "index.mjs")))
          listener.onChange(entry, builtFolder(tree, entry));
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
