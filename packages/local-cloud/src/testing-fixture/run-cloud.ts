/** Runs the fixture's stacks until a signal ends it; prints `ready` once they serve. */
import { startCloud } from "../index.ts";
import { appStack, dataStack } from "./stacks.ts";
import { writeRunnableAssembly } from "./write-assembly.ts";

await startCloud({ assemblyDir: await writeRunnableAssembly({ TestData: dataStack(), TestApp: appStack() }) });
console.log("ready");
