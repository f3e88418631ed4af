import type { Readable } from "node:stream";
import { DeleteObjectCommand, GetObjectCommand, NoSuchKey } from "@aws-sdk/client-s3";
import type { ImportJob } from "@shangji/core/imports/job";
import type { ImportStore } from "@shangji/core/imports/ports";
import { fileKey, sourceName } from "@shangji/core/imports/source-key";
import { planName } from "@shangji/core/imports/steps/memory";
import { errorsName } from "@shangji/core/imports/steps/report";
import type { Clock } from "@shangji/core/kit/context";
import type { ListPosition } from "@shangji/core/kit/record";
import type { SubjectStore, Traits } from "@shangji/core/protection/ports";
import type { Bucket } from "../imports/import-files.ts";
import { mentions } from "./mentions.ts";

export interface ImportFileDeps {
  bucket: Bucket;
  importDays: number;
  imports: Pick<ImportStore, "list" | "parts" | "forgetErrors">;
  clock: Clock;
}

/** While an import that has the person in its file runs, its file cannot be taken away. */
const waitMilliseconds = 5_000;

/**
 * The files of imports of the last weeks: what was uploaded, and its errors. A file
 * that mentions the person is removed as a whole; it is a copy of what the customer has, and would go within days. One
 * import is one piece.
 */
export function importFilesOf(deps: ImportFileDeps): SubjectStore {
  return {
    name: "imports",
    async read({ traits }) {
      const found: { importId: string; files: string[] }[] = [];
      let after: Record<string, unknown> | undefined;
      do {
        const { items, next } = await deps.imports.list({ limit: 50, after });
        for (const job of items.filter((each) => isRecent(each, deps))) {
          const files = await filesThatMention(job, traits, deps);
          if (files.length > 0) found.push({ importId: job.id, files });
        }
        after = isRecent(items.at(-1), deps) ? next : undefined;
      } while (after);
      return found;
    },
    async erase({ traits }, position) {
      const { items, next } = await deps.imports.list({ limit: 1, after: position?.after as ListPosition | undefined }); // made below
      const [job] = items;
      if (!job || !isRecent(job, deps)) return { items: 0 };
      const files = await filesThatMention(job, traits, deps);
      if (files.length > 0 && job.status === "running") {
        await new Promise((resolve) => setTimeout(resolve, waitMilliseconds));
        return { items: 0, next: position ?? {} };
      }
      if (files.length > 0) await removeFiles(job, deps);
      return { items: files.length, ...(next ? { next: { after: next } } : {}) };
    },
  };
}

function isRecent(job: ImportJob | undefined, { importDays, clock }: Pick<ImportFileDeps, "importDays" | "clock">) {
  // An upload may begin a while after its import, and S3 removes files once a day.
  const days = importDays + 3;
  return job !== undefined && Date.parse(job.createdAt) > clock.now().getTime() - days * 86_400_000;
}

/** Names of all files of an import. */
async function filesOf(job: ImportJob, { imports }: Pick<ImportFileDeps, "imports">): Promise<string[]> {
  const parts = await imports.parts(job.id);
  return [sourceName, errorsName, planName, ...parts.flatMap(({ errors }) => errors?.name ?? [])];
}

async function filesThatMention(job: ImportJob, traits: Traits, deps: ImportFileDeps): Promise<string[]> {
  const found: string[] = [];
  // Lines of failed rows are lines of the source; they are looked at too, as the source may be gone already.
  for (const name of await filesOf(job, deps)) {
    const bytes = await readFile(deps.bucket, job.id, name);
    if (bytes && (await mentions(bytes, traits))) found.push(name);
  }
  return found;
}

async function readFile(
  { client, name: Bucket }: Bucket,
  id: string,
  name: string,
): Promise<AsyncIterable<Uint8Array> | undefined> {
  try {
    const { Body } = await client.send(new GetObjectCommand({ Bucket, Key: fileKey(id, name) }));
    return Body as Readable; // the SDK's body on Node
  } catch (error) {
    if (error instanceof NoSuchKey) return undefined;
    throw error;
  }
}

async function removeFiles(job: ImportJob, deps: ImportFileDeps): Promise<void> {
  const { client, name: Bucket } = deps.bucket;
  // First nobody is told of the errors any more, then they go; the source goes last, by which a retry finds the import again.
  await deps.imports.forgetErrors(job.id, deps.clock.now().toISOString());
  for (const name of (await filesOf(job, deps)).reverse()) {
    await client.send(new DeleteObjectCommand({ Bucket, Key: fileKey(job.id, name) }));
  }
}
