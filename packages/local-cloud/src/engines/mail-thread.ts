/** Entry of the thread in which the mail service and its web inbox run. */
import { parentPort, workerData } from "node:worker_threads";
import { moveDate } from "../clock/moved-date.ts";
import type { FromEngine, ToEngine } from "./engine-thread.ts";

moveDate((workerData as { clockOffsetMs: number }).clockOffsetMs); // as startMail gives it
parentPort?.on("message", (message: ToEngine) => {
  if (message.type === "clock") moveDate(message.offsetMs);
});

// Loaded after `Date` tells local time: mails carry it.
const { default: mail } = await import("aws-ses-v2-local");
const server = await mail.default({ host: "127.0.0.1", port: 0 });
const address = server.address();
if (typeof address !== "object" || address === null) throw new Error("the mail service has no port");
parentPort?.postMessage({ type: "listening", port: address.port } satisfies FromEngine<never>);
