/** Entry of the thread in which the mail service and its web inbox run. */
import { createRequire } from "node:module";
import { parentPort, workerData } from "node:worker_threads";
import { moveDate } from "../clock/moved-date.ts";
import type { FromEngine, ToEngine } from "./engine-thread.ts";

moveDate((workerData as { clockOffsetMs: number }).clockOffsetMs);
parentPort?.on("message", ({ offsetMs }: ToEngine) => moveDate(offsetMs));

// Loaded after `Date` tells local time: mails carry it.
const { default: startServer } = createRequire(import.meta.url)("aws-ses-v2-local") as typeof import("aws-ses-v2-local");
const server = await startServer({ host: "127.0.0.1", port: 0 });
const address = server.address();
if (typeof address !== "object" || address === null) throw new Error("the mail service has no port");
parentPort?.postMessage({ type: "listening", port: address.port } satisfies FromEngine<never>);
