import { mkdir, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { runStack } from "./local/run-stack.ts";
import { watchFunctions } from "./local/watch.ts";
import { stackPath } from "./stack.ts";

const root = join(import.meta.dirname, "..");

// Runs Shangji on this machine until Ctrl-C. SHANGJI_DATA=memory keeps nothing; PORT chooses the API's port.
try {
  const port = Number(process.env.PORT ?? 3000);
  if (!Number.isInteger(port) || port < 1 || port > 65_535)
    throw new Error(`PORT must be a port number, not ${process.env.PORT}.`);
  const started = Date.now();
  const keepsData = process.env.SHANGJI_DATA !== "memory";
  const { stack, cloud, bundles } = await runStack({
    port,
    ...(keepsData ? { dataDir: join(root, ".local") } : {}),
    logSink: (line) => {
      if (process.env.SHANGJI_LOG || line.text.includes('"level":"error"'))
        console.log(`${line.functionName}: ${line.text}`);
    },
  });
  const watcher = watchFunctions(cloud, bundles);
  await mkdir(dirname(stackPath), { recursive: true });
  await writeFile(stackPath, `${JSON.stringify(stack, null, 2)}\n`);
  console.log(
    [
      `Shangji is ready after ${((Date.now() - started) / 1000).toFixed(1)} s${keepsData ? "" : " (nothing is kept)"}.`,
      `  API         ${stack.apiUrl}`,
      `  API docs    ${stack.docsUrl}`,
      `  Mail inbox  ${stack.inboxUrl}`,
      "  Sign-ins",
      ...stack.users.map((user) => `    ${user.role.padEnd(8)} ${user.email}  ${user.password}`),
      "  A token: npm run -s token -- --as admin        Stop: Ctrl-C",
    ].join("\n"),
  );

  const stop = async () => {
    watcher.stop();
    await cloud.stop();
    await rm(stackPath, { force: true });
    process.exit(0);
  };
  process.once("SIGINT", stop);
  process.once("SIGTERM", stop);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
