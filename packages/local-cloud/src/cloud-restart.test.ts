import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { type CloudOptions, startCloud } from "./cloud.ts";
import { CloudError } from "./cloud-error.ts";
import { appStack, dataStack } from "./testing-fixture/stacks.ts";
import { writeRunnableAssembly } from "./testing-fixture/write-assembly.ts";

async function start(options: Partial<CloudOptions> = {}, data = dataStack()) {
  const assemblyDir = await writeRunnableAssembly({ TestData: data, TestApp: appStack() });
  const cloud = await startCloud({ assemblyDir, ...options });
  onTestFinished(() => cloud.stop());
  const put = (id: string) => fetch(`${cloud.apiUrl}/things/${id}`, { method: "PUT", body: "kept" });
  const get = async (id: string) => (await fetch(`${cloud.apiUrl}/things/${id}`)).status;
  return { cloud, put, get };
}

test("kept data and the moved clock survive a restart; a table of another shape is refused in one line", async () => {
  const dataDir = mkdtempSync(join(tmpdir(), "local-cloud-data-"));
  const first = await start({ dataDir });
  await first.put("a");
  first.cloud.clock.advance("P3D");
  await first.cloud.stop();

  const second = await start({ dataDir });
  expect(await second.get("a")).toBe(200);
  expect(second.cloud.clock.offset()).toBe(3 * 86_400_000);
  expect(second.cloud.cognito).toMatchObject({
    userPoolId: first.cloud.cognito.userPoolId,
    clientId: first.cloud.cognito.clientId,
  });
  await second.cloud.stop();

  const changed = dataStack();
  Object.assign(changed.Resources.Table?.Properties ?? {}, { GlobalSecondaryIndexes: [] });
  const error = await start({ dataDir }, changed).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(CloudError);
  expect(String(error)).toMatch(/^CloudError: The kept table TestData-Table has other keys.*rm -r \.local$/);
});

test("in memory nothing outlives the cloud", async () => {
  const first = await start();
  await first.put("a");
  expect(await first.get("a")).toBe(200);
  await first.cloud.stop();
  expect(await (await start()).get("a")).toBe(404);
});

test("a taken port is refused in one line", async () => {
  const other = createServer().listen(0, "127.0.0.1");
  onTestFinished(() => void other.close());
  await once(other, "listening");
  const address = other.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  await expect(start({ port })).rejects.toThrow(new CloudError(`Port ${port} is taken; choose another one with PORT.`));
});

test("whatever is wrong with the assembly, the engine that starts meanwhile does not stay", async () => {
  const engines = () => execFileSync("pgrep", ["-P", String(process.pid), "java"], { encoding: "utf8" });
  const assemblyDir = Promise.reject(new Error("no such customer"));
  await expect(startCloud({ assemblyDir })).rejects.toThrow("no such customer");
  expect(engines).toThrow();
});

test.each(["SIGINT", "SIGTERM"] as const)("%s leaves no process behind", async (signal) => {
  const parent = spawn(process.execPath, [join(import.meta.dirname, "testing-fixture", "run-cloud.ts")], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = once(parent, "exit");
  const isReady = await Promise.race([once(parent.stdout, "data").then(() => true), ended.then(() => false)]);
  expect(isReady, "it ended before it served").toBe(true);
  const children = execFileSync("ps", ["-o", "pid=", "--ppid", String(parent.pid)], { encoding: "utf8" });
  const engine = Number(children.trim().split(/\s+/)[0]);
  expect(() => process.kill(engine, 0)).not.toThrow();
  parent.kill(signal);
  await ended;
  await vi.waitFor(() => expect(() => process.kill(engine, 0)).toThrow("ESRCH"), { timeout: 5000 });
});
