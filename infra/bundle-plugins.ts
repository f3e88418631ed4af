import { readFile } from "node:fs/promises";
import { isBuiltin } from "node:module";
import { type Plugin, transform } from "esbuild";

/** A map without any mapping. */
const emptyMap = Buffer.from('{"version":3,"sources":[""],"mappings":"AAAA"}').toString("base64");

/** A module of a package, without mappings. */
function unmapped(contents: string): { contents: string; loader: "js" } {
  return { contents: `${contents}\n//# sourceMappingURL=data:application/json;base64,${emptyMap}`, loader: "js" };
}

/** A bundle's map holds our own lines only, a twentieth of the whole: it is read when an error is logged. */
export const unmappedPackages: Plugin = {
  name: "unmapped-packages",
  setup(hooks) {
    hooks.onLoad({ filter: /[\\/]node_modules[\\/].*\.[cm]?js$/ }, async ({ path }) =>
      unmapped(await readFile(path, "utf8")),
    );
  },
};

/**
 * Our sources in ASCII. esbuild escapes all but regular expressions, and one letter of Chinese in one of those makes V8 keep
 * the whole bundle in two bytes a letter: a cold start of 7 ms more. An escape means the same wherever a letter may stand
 * but in `String.raw`.
 *
 * And contracts that fall away where nobody asks for them: making a schema does nothing else, which esbuild cannot know.
 */
export const ownSources: Plugin = {
  name: "own-sources",
  setup(hooks) {
    hooks.onLoad({ filter: /\.ts$/ }, async ({ path }) => {
      const source = (await readFile(path, "utf8")).replace(/[^\0-\x7f]/g, escaped);
      if (!/[\\/]packages[\\/]contracts[\\/]/.test(path)) return { contents: source, loader: "ts" };
      const { code } = await transform(source, { loader: "ts", sourcefile: path, sourcemap: "inline" });
      return { contents: code.replace(madeByCall, "$1/* @__PURE__ */ (() => $2)();"), loader: "js" };
    });
  },
};

/** A constant of a module as esbuild prints it, if its value comes of a call: what does not begin a line belongs to it. */
const madeByCall = /^((?:export )?const \w+ = )(\w[\w.]*\((?:.|\n(?![\w/]))*?\));(?=\n[\w/]|\n*(?![\s\S]))/gm;

function escaped(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;
}

/**
 * A function has its role's credentials in its environment; the SDK's search through profiles, instance metadata and
 * sign-on services, with a client for each, would be a seventh of a bundle.
 */
export const environmentCredentials: Plugin = {
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

/** Modules that no function calls; the SDK makes a cache of endpoints all the same, and never fills it. */
const unusedParts = [
  /mnemonist[\\/]lru-cache\.js$/,
  // Schemas are rendered when the project is generated, not when it runs.
  /zod[\\/]v4[\\/]core[\\/](to-json-schema|json-schema-processors)\.js$/,
];

/** Leaves the names that a module exports and nothing behind them: calling one would be a fault, not a wrong answer. */
export const withoutUnusedParts: Plugin = {
  name: "unused-parts",
  setup(hooks) {
    for (const filter of unusedParts) {
      hooks.onLoad({ filter }, async ({ path }) => {
        const names = [...(await readFile(path, "utf8")).matchAll(/^export (?:const|function) (\w+)/gm)];
        const lines = names.map(([, name]) => `export const ${name} = undefined;`);
        return { contents: [...lines, "export default class {}"].join("\n") };
      });
    }
    // Streams of events, which no function reads, are imported on demand. That alone would make esbuild wrap all of the
    // SDK's core in functions, which V8 then reads twice.
    hooks.onResolve({ filter: /^@smithy\/core\/event-streams$/ }, ({ kind, path }) =>
      kind === "dynamic-import" ? { path, namespace: "unused-parts" } : undefined,
    );
    hooks.onLoad({ filter: /.*/, namespace: "unused-parts" }, () => ({ contents: "" }));
  },
};

/**
 * The SDK describes each operation in a constant whose keys are constants too. esbuild cannot tell that such a key does
 * nothing, and would keep the operations that nobody calls: of S3, a hundred.
 */
export const prunedOperations: Plugin = {
  name: "pruned-operations",
  setup(hooks) {
    hooks.onLoad(
      { filter: /@aws-sdk[\\/]client-[^\\/]+[\\/]dist-es[\\/]schemas[\\/]schemas_\d+\.js$/ },
      async ({ path }) => {
        const source = await readFile(path, "utf8");
        const texts = new Map(
          [...source.matchAll(/^const (_\w+) = ("[^"\\]*");$/gm)].map(([, name, text]) => [name, text]),
        );
        return unmapped(source.replace(/\[(_\w+)\]:/g, (key, name) => `${texts.get(name) ?? key}:`));
      },
    );
  },
};

/** Modules of Node's own that packages ask for at the start of a function and do not need then: 14 ms together. */
const lateBuiltins = new Set(["node:stream/web", "node:fs/promises"]);

/**
 * An ES import of a module of Node's own looks at each of its exports, and some load what nobody uses: `node:http` fetch
 * and WebSocket, `node:process` the terminal. `require` does not. Streams of the web (for answers that are streamed) and
 * promises of files (for profiles) wait until they are called.
 */
export const requiredBuiltins: Plugin = {
  name: "required-builtins",
  setup(hooks) {
    hooks.onResolve({ filter: /^[a-z:_/]+$/ }, ({ path, kind }) =>
      isBuiltin(path) && kind !== "require-call" ? { path, namespace: "required-builtins" } : undefined,
    );
    hooks.onLoad({ filter: /.*/, namespace: "required-builtins" }, async ({ path }) => {
      if (!lateBuiltins.has(path)) return { contents: `module.exports = require(${JSON.stringify(path)});` };
      const names = Object.keys((await import(path)) as object); // a module of Node
      const late = `{ enumerable: true, get: () => require(${JSON.stringify(path)})[name] }`;
      return {
        contents: `for (const name of ${JSON.stringify(names)}) Object.defineProperty(exports, name, ${late});`,
      };
    });
  },
};
