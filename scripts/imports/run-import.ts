import { openAsBlob } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import type { Client, Input, Output } from "@shangji/client";
import type { NewImport } from "@shangji/contracts/imports/schemas";

export type Import = Output<"getImport">;
type Body = Input<"createImport">["body"];

const pollMilliseconds = 300;
/** The start of an import is an event away from the upload. */
const startPatienceMilliseconds = 60_000;

/**
 * Imports a CSV as any client would: creates the import, puts the file to its link, and follows it to the end, however it ends.
 * @throws Error when the file cannot be uploaded or the import does not start.
 */
export async function runImport(
  client: Client,
  { file, input, onProgress }: { file: string; input: NewImport; onProgress: (now: Import) => void },
): Promise<Import> {
  const body = await openAsBlob(file);
  const created = await client.call("createImport", { body: input as Body }); // JSON drops what is undefined
  if (!created.uploadUrl) throw new Error("The API gave no link to upload the file to.");
  const answer = await fetch(created.uploadUrl, { method: "PUT", headers: created.uploadHeaders ?? {}, body });
  if (!answer.ok) throw new Error(`The upload was refused: ${answer.status} ${(await answer.text()).slice(0, 300)}`);
  const uploadedAt = Date.now();
  for (;;) {
    const now = await client.call("getImport", { path: { id: created.id } });
    onProgress(now);
    if (now.status === "completed" || now.status === "failed") return now;
    if (now.status === "awaiting_upload" && Date.now() - uploadedAt > startPatienceMilliseconds) {
      throw new Error(`Import ${created.id} did not start within a minute after its upload.`);
    }
    await pause(pollMilliseconds);
  }
}

/** One line about an import that has ended. */
export function summaryOf({ counts, rowsPerSecond, status, problem }: Import): string {
  if (status === "failed") return `failed: ${problem ?? "for an unknown reason"}`;
  const parts = (["created", "updated", "skipped", "failed"] as const)
    .filter((name) => counts[name] > 0 || name === "created")
    .map((name) => `${counts[name].toLocaleString("en")} ${name}`);
  const speed = rowsPerSecond === undefined ? "" : `, ${Math.round(rowsPerSecond).toLocaleString("en")} rows/s`;
  return `${counts.rows.toLocaleString("en")} rows: ${parts.join(", ")}${speed}`;
}
