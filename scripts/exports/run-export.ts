import { createWriteStream } from "node:fs";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { setTimeout as pause } from "node:timers/promises";
import type { Client, Input, Output } from "@shangji/client";

export type Export = Output<"getExport">;
export type Order = Input<"createExport">["body"];

const pollMilliseconds = 300;

/** Orders an export as any client would, and follows it to the end, however it ends. */
export async function runExport(
  client: Client,
  { order, onProgress = () => undefined }: { order: Order; onProgress?: (now: Export) => void | Promise<void> },
): Promise<Export> {
  const { id } = await client.call("createExport", { body: order });
  for (;;) {
    const now = await client.call("getExport", { path: { id } });
    await onProgress(now);
    if (now.status !== "running") return now;
    await pause(pollMilliseconds);
  }
}

/** Writes the file of a finished export to a path. @throws Error when there is none, or the link gives none */
export async function fetchExport({ downloadUrl, problem }: Export, file: string): Promise<void> {
  if (!downloadUrl) throw new Error(problem ?? "The export has no file.");
  const answer = await fetch(downloadUrl);
  if (!answer.ok || !answer.body) throw new Error(`The file was refused: ${answer.status}`);
  await pipeline(Readable.fromWeb(answer.body), createWriteStream(file));
}
