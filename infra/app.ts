import { join } from "node:path";
import { buildFunctions } from "./bundle.ts";
import { CustomerError, customerNames, readCustomer } from "./customer.ts";
import { addCustomer, checkSolutions, newApp, synthesise } from "./synthesise.ts";

/**
 * Entry of the CDK: `npx cdk synth -c customer=x`, or `npm run synth -- x`, which writes to cdk.out/x.
 * The customer may also stand in the variable CUSTOMER.
 */
async function main(): Promise<void> {
  if (process.env.CDK_OUTDIR) {
    // The CDK CLI gives folder and context.
    const app = await newApp();
    const name: unknown = app.node.tryGetContext("customer") ?? process.env.CUSTOMER;
    const customer = readCustomer(asked(name));
    addCustomer(app, { customer, bundles: await buildFunctions() });
    await checkSolutions(app);
    app.synth();
    return;
  }
  const name = asked(process.argv[2] ?? process.env.CUSTOMER);
  const outdir = join(import.meta.dirname, "..", "cdk.out", name);
  const started = Date.now();
  const { assembly } = await synthesise({ customer: readCustomer(name), outdir, check: true });
  const stacks = assembly.stacks.map(({ stackName }) => stackName).join(", ");
  console.log(`${stacks} in cdk.out/${name} after ${((Date.now() - started) / 1000).toFixed(1)} s`);
}

function asked(name: unknown): string {
  if (typeof name === "string" && name !== "") return name;
  throw new CustomerError(`Which customer? Say -c customer=NAME. Known: ${customerNames().join(", ")}`);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
