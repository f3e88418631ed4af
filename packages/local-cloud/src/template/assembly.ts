import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { type Json, type JsonObject, TemplateError } from "./deployment.ts";

/** One stack of an assembly: its raw template and where its assets lie. */
export interface StackTemplate {
  readonly name: string;
  /** AWS region of the stack; `us-east-1` for a stack that is bound to none. */
  readonly region: string;
  /** Account of the stack; `000000000000` for a stack that is bound to none. */
  readonly accountId: string;
  readonly template: JsonObject;
  /** Absolute asset paths by the object key which the template names. */
  readonly assets: ReadonlyMap<string, string>;
  readonly folder: string;
}

interface Artifact {
  readonly type: string;
  readonly environment?: string;
  readonly displayName?: string;
  readonly properties?: {
    readonly templateFile?: string;
    readonly directoryName?: string;
    readonly stackName?: string;
  };
}

interface AssetManifest {
  readonly files?: Readonly<
    Record<
      string,
      {
        readonly source: { readonly path?: string };
        readonly destinations: Readonly<Record<string, { readonly objectKey: string }>>;
      }
    >
  >;
}

/** Every stack of a synthesised assembly, nested stages included. Throws a `TemplateError` if the folder holds none. */
export function readAssembly(assemblyDir: string): StackTemplate[] {
  const folder = resolve(assemblyDir);
  const manifestFile = join(folder, "manifest.json");
  if (!existsSync(manifestFile)) throw new TemplateError(`${folder} holds no synthesised assembly (manifest.json)`);
  const manifest = readJson<{ artifacts?: Readonly<Record<string, Artifact>> }>(manifestFile);
  const stacks: StackTemplate[] = [];
  for (const [id, artifact] of Object.entries(manifest.artifacts ?? {})) {
    const { templateFile, directoryName, stackName } = artifact.properties ?? {};
    if (artifact.type === "aws:cloudformation:stack" && templateFile !== undefined) {
      const [, account, region] = /^aws:\/\/([^/]+)\/(.+)$/.exec(artifact.environment ?? "") ?? [];
      stacks.push({
        name: stackName ?? artifact.displayName ?? id,
        region: region === undefined || region === "unknown-region" ? "us-east-1" : region,
        accountId: account === undefined || account === "unknown-account" ? "000000000000" : account,
        template: readJson<JsonObject>(join(folder, templateFile)),
        assets: readAssets(folder, templateFile),
        folder,
      });
    }
    if (artifact.type === "cdk:cloud-assembly" && directoryName !== undefined) {
      stacks.push(...readAssembly(join(folder, directoryName)));
    }
  }
  if (stacks.length === 0) throw new TemplateError(`${folder} declares no stack`);
  return stacks;
}

function readAssets(folder: string, templateFile: string): ReadonlyMap<string, string> {
  const file = join(folder, templateFile.replace(/\.template\.json$/, ".assets.json"));
  const found = new Map<string, string>();
  if (!existsSync(file)) return found;
  for (const asset of Object.values(readJson<AssetManifest>(file).files ?? {})) {
    if (asset.source.path === undefined) continue;
    for (const { objectKey } of Object.values(asset.destinations)) {
      found.set(objectKey, resolve(folder, asset.source.path));
    }
  }
  return found;
}

// The files are written by the CDK in a fixed shape; whatever the cloud reads further down is checked where it is read.
function readJson<T extends object>(file: string): T {
  return JSON.parse(readFileSync(file, "utf8")) as T; // as above
}

/** Whether a template value is a list; `Array.isArray` alone does not tell one that may not be changed. */
export function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}

/** Whether a template value is an object, as opposed to a list or a scalar. */
export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
