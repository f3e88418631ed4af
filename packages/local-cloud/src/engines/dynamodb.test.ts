import { execFileSync } from "node:child_process";
import { chmodSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, onTestFinished, test } from "vitest";
import { CloudError } from "../cloud-error.ts";
import { startDynamoDb } from "./dynamodb.ts";

const realPath = process.env.PATH;

afterEach(() => {
  process.env.PATH = realPath;
});

/** Puts a `java` of our own first in the path. */
function fakeJava(script: string): void {
  const folder = mkdtempSync(join(tmpdir(), "fake-java-"));
  writeFileSync(join(folder, "java"), `#!/bin/sh\n${script}\n`);
  chmodSync(join(folder, "java"), 0o755);
  process.env.PATH = `${folder}:${realPath}`;
}

test("a machine without Java is told in one line what to install", async () => {
  process.env.PATH = mkdtempSync(join(tmpdir(), "no-java-"));
  const error = await startDynamoDb().catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(CloudError);
  expect(String(error)).toMatch(/Java was not found\. Install a Java runtime, version 17 or newer/);
  expect(String(error)).not.toContain("\n");
});

test("so is a machine with an old Java", async () => {
  fakeJava(
    "echo 'java.lang.UnsupportedClassVersionError: com/amazonaws has been compiled by a more recent version' >&2; exit 1",
  );
  await expect(startDynamoDb()).rejects.toThrow(/The Java on this machine is too old\. Install a Java runtime/);
});

test("any other end of the engine is reported with its first line", async () => {
  fakeJava("(sleep 0.2; echo 'Error: something odd' >&2) & exit 3");
  await expect(startDynamoDb()).rejects.toThrow("DynamoDB Local ended with code 3: Error: something odd");
});

test("a kept file is written ahead", async () => {
  fakeJava("exit 3");
  const folder = mkdtempSync(join(tmpdir(), "kept-"));
  await startDynamoDb(folder).catch(() => undefined);
  // The versions of the format by which the file is written and read; 2 stands for write-ahead.
  expect([...readFileSync(join(folder, "shared-local-instance.db")).subarray(18, 20)]).toEqual([2, 2]);
});

test("a file that is none of the engine's is left alone, with one line that names it", async () => {
  const folder = mkdtempSync(join(tmpdir(), "kept-"));
  const file = join(folder, "shared-local-instance.db");
  writeFileSync(file, "no database, but longer than the header of one would be".repeat(4));
  await expect(startDynamoDb(folder)).rejects.toThrow(`Cannot open ${file}: file is not a database`);
});

test("an engine whose port is taken meanwhile starts anew on another one", async () => {
  const folder = mkdtempSync(join(tmpdir(), "taken-"));
  const [java] = execFileSync("which", ["java"], { encoding: "utf8" }).split("\n");
  fakeJava(`
    [ -e ${folder}/tried ] && exec ${java} "$@"
    touch ${folder}/tried
    echo 'Exception in thread "main" java.io.IOException: Failed to bind to 0.0.0.0/0.0.0.0:1' >&2; exit 1`);
  const engine = await startDynamoDb();
  onTestFinished(() => engine.stop());
  expect((await fetch(engine.endpoint)).headers.has("x-amzn-requestid")).toBe(true);
});
