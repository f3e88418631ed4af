import { readFile } from "node:fs/promises";
import { isBuiltin } from "node:module";
import type { Plugin } from "esbuild";

/** A map without any mapping. */
const emptyMap = Buffer.from('{"version":3,"sources":[""],"mappings":"AAAA"}').toString("base64");

/** A bundle's map holds our own lines only, a twentieth of the whole: it is read when an error is logged. */
export const unmappedPackages: Plugin = {
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

/**
 * An ES import of a module of Node's own looks at each of its exports, and some load what nobody uses: `node:http` fetch
 * and WebSocket, `node:process` the terminal. `require` does not.
 */
export const requiredBuiltins: Plugin = {
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
