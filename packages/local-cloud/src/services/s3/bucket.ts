import { mkdirSync, readdirSync, rmSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { type KeptMap, openKeptMap } from "../keeping/kept-map.ts";
import type { CorsRule } from "./cors.ts";
import type { StoredBody } from "./receive-body.ts";

/** An object of a bucket; time in epoch milliseconds of the local clock. */
export interface StoredObject extends StoredBody {
  readonly modifiedAt: number;
  /** Headers that come back with the object: `content-type`, `cache-control`, `x-amz-meta-…`, …. */
  readonly headers: Readonly<Record<string, string>>;
}

/** A multipart upload that has not been completed. */
export interface Upload {
  readonly key: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly parts: Readonly<Record<string, StoredBody>>;
}

export interface BucketSettings {
  readonly name: string;
  readonly arn: string;
  readonly cors: readonly CorsRule[];
  /** Whether its events go to the default bus. */
  readonly notifiesBus: boolean;
}

/** Objects of one bucket: an index and one file each. */
export class Bucket {
  readonly settings: BucketSettings;
  /** Where bodies are. */
  readonly folder: string;
  readonly #objects: KeptMap<StoredObject>;
  readonly uploads: KeptMap<Upload>;

  /** `kept` = the index outlives the process, as the files do. */
  constructor(settings: BucketSettings, root: string, kept: boolean) {
    this.settings = settings;
    this.folder = join(root, settings.name, "bodies");
    mkdirSync(this.folder, { recursive: true });
    this.#objects = openKeptMap(kept ? join(root, settings.name, "objects.jsonl") : undefined);
    this.uploads = openKeptMap(kept ? join(root, settings.name, "uploads.jsonl") : undefined);
    this.#removeOrphans();
  }

  get(key: string): StoredObject | undefined {
    return this.#objects.get(key);
  }

  /** Puts an object in place of the one with its key; a reader of the old one may finish. */
  async put(key: string, object: StoredObject): Promise<void> {
    const old = this.#objects.get(key);
    this.#objects.set(key, object);
    if (old !== undefined) await this.discard(old);
  }

  async delete(key: string): Promise<boolean> {
    const old = this.#objects.get(key);
    if (old === undefined) return false;
    this.#objects.delete(key);
    await this.discard(old);
    return true;
  }

  /** In S3's order: by UTF-8 bytes. */
  list(prefix: string): [string, StoredObject][] {
    return [...this.#objects.entries()]
      .filter(([key]) => key.startsWith(prefix))
      .sort(([one], [other]) => Buffer.compare(Buffer.from(one), Buffer.from(other)));
  }

  pathOf(body: StoredBody): string {
    return join(this.folder, body.file);
  }

  async discard(body: StoredBody): Promise<void> {
    await rm(this.pathOf(body), { force: true });
  }

  close(): void {
    this.#objects.close();
    this.uploads.close();
  }

  /** Removes what an interrupted upload has left behind. */
  #removeOrphans(): void {
    const parts = [...this.uploads.values()].flatMap((upload) => Object.values(upload.parts));
    const known = new Set([...this.#objects.values(), ...parts].map(({ file }) => file));
    for (const file of readdirSync(this.folder)) {
      if (!known.has(file)) rmSync(join(this.folder, file));
    }
  }
}
