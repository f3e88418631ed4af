import { mkdir, readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { App, type AppProps, Tags, Validations } from "aws-cdk-lib";
import type { CloudAssembly } from "aws-cdk-lib/cx-api";
import { type Bundles, buildFunctions, stubFunctions } from "./bundle.ts";
import { type Customer, readCustomer, stackPrefix } from "./customer.ts";
import { ApiStack } from "./stacks/api-stack.ts";
import { AppStack } from "./stacks/app-stack.ts";
import { DataStack } from "./stacks/data-stack.ts";

export interface SynthesiseOptions {
  /** Name of a customer file, or a parsed customer. */
  customer: string | Customer;
  /** Folder of the assembly; made when absent. */
  outdir: string;
  /**
   * `build` bundles every function; `stub` puts a tiny handler in the place of each, for tests of templates.
   * @default build
   */
  bundles?: "build" | "stub";
  /**
   * Whether cdk-nag and the CloudFormation validator look at the result, which takes several seconds; a finding throws.
   * @default false: what is deployed is checked by `app.ts` and the tests
   */
  check?: boolean;
  /** Changes the stacks before they are written, for tests that take something away. */
  mutate?: (stacks: CustomerStacks) => void;
}

export interface CustomerStacks {
  readonly data: DataStack;
  readonly app: AppStack;
  readonly api: ApiStack;
}

export interface Synthesised {
  readonly assembly: CloudAssembly;
  readonly stacks: CustomerStacks;
  readonly bundles: Bundles;
}

/** Writes one customer's stacks to `outdir`. @throws CustomerError, BundleError, or an error that lists findings. */
export async function synthesise(options: SynthesiseOptions): Promise<Synthesised> {
  const { outdir, check = false, mutate } = options;
  const customer = typeof options.customer === "string" ? readCustomer(options.customer) : options.customer;
  const bundles = options.bundles === "stub" ? await stubFunctions() : await buildFunctions();
  await mkdir(outdir, { recursive: true });
  const app = await newApp({ outdir, builtinCloudFormationValidation: check });
  const stacks = addCustomer(app, { customer, bundles });
  if (check) await checkSolutions(app);
  mutate?.(stacks);
  const assembly = app.synth();
  await dropStaleAssets(outdir, assembly);
  return { assembly, stacks, bundles };
}

/** An app with the flags of cdk.json, whoever starts it. */
export async function newApp(props: AppProps = {}): Promise<App> {
  // The project's own file.
  const { context } = JSON.parse(await readFile(join(import.meta.dirname, "..", "cdk.json"), "utf8")) as {
    context: Record<string, unknown>; // our own file
  };
  return new App({ ...props, context, analyticsReporting: false, treeMetadata: false, autoSynth: false });
}

/** Adds `<Customer>Data`, `<Customer>App` and `<Customer>Api` to an app. */
export function addCustomer(app: App, { customer, bundles }: { customer: Customer; bundles: Bundles }): CustomerStacks {
  const prefix = stackPrefix(customer);
  const data = new DataStack(app, `${prefix}Data`, { customer, bundles });
  const running = new AppStack(app, `${prefix}App`, { customer, data, bundles });
  const stacks = { data, app: running, api: new ApiStack(app, `${prefix}Api`, { customer, app: running }) };
  for (const stack of Object.values(stacks)) {
    Tags.of(stack).add("project", "shangji");
    Tags.of(stack).add("customer", customer.customer);
  }
  return stacks;
}

/** Lets cdk-nag's AwsSolutions rules look at the app; a finding without a reason fails the synthesis. */
export async function checkSolutions(app: App): Promise<void> {
  // Loaded late: it costs a third of a second that the local cloud need not wait.
  const { AwsSolutionsChecks } = await import("cdk-nag");
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
}

/** Each change of a function leaves a folder behind; only those of this assembly stay. */
async function dropStaleAssets(outdir: string, assembly: CloudAssembly): Promise<void> {
  const manifests = await Promise.all(
    assembly.stacks.map(({ id }) => readFile(join(outdir, `${id}.assets.json`), "utf8")),
  );
  const needed = manifests.join("\n");
  for (const name of await readdir(outdir)) {
    if (name.startsWith("asset.") && !needed.includes(name)) await rm(join(outdir, name), { recursive: true });
  }
}
