import { appendFileSync, readFileSync, writeFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { runStack } from "../../scripts/local/run-stack.ts";
import type { StackFile } from "../../scripts/stack.ts";
import { unusedGrants } from "./unused-grants.ts";

declare module "vitest" {
  interface ProvidedContext {
    stack: StackFile;
    /** Every line that a function prints, as it comes. */
    logFile: string;
  }
}

/** Any secret that any suite may have been given. */
const token = /eyJ[\w-]+\.[\w-]+\.[\w-]+/;
const secretOfKey = /sk_[0-9A-Z]{26}_[\w-]{43}/;

/** One local cloud, in memory and on free ports, for all end-to-end suites; each test makes its own records in it. */
export default async function startCloud(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), "shangji-e2e-"));
  const logFile = join(folder, "functions.log");
  writeFileSync(logFile, "");
  const { stack, cloud } = await runStack({
    outdir: join(folder, "assembly"),
    logSink: (line) => appendFileSync(logFile, `${line.functionName} ${line.text}\n`),
  });
  project.provide("stack", stack);
  project.provide("logFile", logFile);
  return async () => {
    const unused = unusedGrants(cloud);
    await cloud.stop();
    const lines = readFileSync(logFile, "utf8").split("\n");
    await rm(folder, { recursive: true, force: true });
    const refused = cloud.iam.calls().filter((call) => !call.allowed);
    if (refused.length > 0) throw new Error(`calls that the template does not grant: ${JSON.stringify(refused)}`);
    // Some of the suites need some of the functions; all of them together need all that is granted.
    const { testFiles } = await project.globTestFiles();
    const ran = project.vitest.state.getFiles().filter(({ projectName }) => projectName === project.name);
    if (project.name === "e2e" && ran.length === testFiles.length && unused.length > 0)
      throw new Error(`grants that nothing has needed: ${JSON.stringify(unused)}`);
    if (lines.some((line) => token.test(line))) throw new Error("a log line holds a token");
    if (lines.some((line) => secretOfKey.test(line))) throw new Error("a log line holds the secret of an API key");
  };
}
