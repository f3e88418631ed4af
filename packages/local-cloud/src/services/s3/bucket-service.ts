import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { CloudContext, LocalService } from "../../service.ts";
import type { EventSink } from "../events/event-sink.ts";
import { PendingWork } from "../timing/pending-work.ts";
import { type Listener, listen } from "../wire/listen.ts";
import type { Bucket } from "./bucket.ts";
import { readBuckets } from "./read-buckets.ts";
import { s3Handler } from "./s3-handler.ts";

/** S3: the buckets of the template, on disk. Without a data folder they lie in a temporary one that `stop` removes. */
export function createBucketService(events: EventSink): LocalService {
  const work = new PendingWork();
  let buckets: ReadonlyMap<string, Bucket> = new Map();
  let listener: Listener | undefined;
  let temporary: string | undefined;
  return {
    name: "s3",
    endpointEnv: "AWS_ENDPOINT_URL_S3",
    get endpoint() {
      return listener?.url ?? "";
    },
    async start(ctx: CloudContext) {
      const root = ctx.dataDir === undefined ? mkdtempSync(join(tmpdir(), "local-cloud-s3-")) : join(ctx.dataDir, "s3");
      if (ctx.dataDir === undefined) temporary = root;
      mkdirSync(root, { recursive: true });
      buckets = readBuckets(ctx, root);
      const handle = s3Handler({ ctx, buckets, events });
      // The same port as last time if it is free, so that presigned URLs outlive a restart.
      const portFile = join(root, "port");
      listener = await listen((request, response) => work.run(() => handle(request, response)), keptPort(portFile));
      writeFileSync(portFile, String(listener.port));
    },
    async stop() {
      await listener?.close();
      await work.settle();
      for (const bucket of buckets.values()) bucket.close();
      if (temporary !== undefined) rmSync(temporary, { recursive: true, force: true });
    },
    isIdle: () => work.isIdle(),
    settle: () => work.settle(),
  };
}

function keptPort(file: string): number {
  try {
    const port = Number(readFileSync(file, "utf8"));
    return Number.isInteger(port) && port > 0 && port < 65_536 ? port : 0;
  } catch {
    return 0;
  }
}
