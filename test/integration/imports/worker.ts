import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { openImports } from "@shangji/aws/imports/open-imports";
import { ImportOptions } from "@shangji/contracts/imports/schemas";
import { emptyCounts, type ImportJob } from "@shangji/core/imports/job";
import type { ImportFiles, ImportStore, PartResult } from "@shangji/core/imports/ports";
import { finishImport } from "@shangji/core/imports/steps/finish-import";
import { prepareImport } from "@shangji/core/imports/steps/prepare-import";
import { runChunk } from "@shangji/core/imports/steps/run-chunk";
import { testViewer } from "@shangji/testing/world";

/*
 * Runs by itself in a process: imports many accounts through the real worker and the real SDK, with a table that takes
 * everything and answers nothing, and tells how much memory the process had at most. Every tenth row is refused.
 */

const rows = Number(process.argv[2]);
const width = 128;
const header = "externalId,name,industry,employees,parent".padEnd(width - 1).concat("\n");

/** As many bytes as the header: its two Chinese signs take three each. */
function line(index: number): string {
  const employees = index % 10 === 0 ? "many" : String(index % 5000);
  return `X${index},"Account ${index}, 商机",software,${employees},`.padEnd(width - 5).concat("\n");
}

/** Any range of the file, made when it is read. */
async function* read(_: string, { start, end }: { start: number; end: number }): AsyncGenerator<Uint8Array> {
  for (let at = start; at < end; ) {
    const first = Math.floor(at / width);
    const lines = Array.from({ length: 500 }, (_, offset) => first + offset).filter((index) => index <= rows);
    const bytes = Buffer.from(lines.map((index) => (index === 0 ? header : line(index))).join(""));
    const piece = bytes.subarray(at - first * width, Math.min(bytes.length, end - first * width));
    yield piece;
    at += piece.length;
  }
}

let errorBytes = 0;
let joined = 0;
const saved = new Map<string, string>();
const files: ImportFiles = {
  source: async () => ({ bytes: width * (rows + 1), etag: "1" }),
  read,
  async save(_, name, text) {
    if (name === "plan.json") saved.set(name, text);
    else errorBytes += Buffer.byteLength(text);
  },
  load: async (_, name) => saved.get(name) ?? "",
  async join(_, __, { bytes }) {
    joined = bytes;
  },
};

const at = "2026-11-02T08:30:00.000Z";
const job: ImportJob = {
  id: "imp_01JD7Z3Q5V9W0X2Y4Z6A8B0C1D",
  entity: "accounts",
  status: "running",
  dryRun: false,
  options: ImportOptions.parse({}),
  counts: emptyCounts,
  createdBy: "usr_01JD7Z3Q5V9W0X2Y4Z6A8B0C1D",
  version: 1,
  createdAt: at,
  updatedAt: at,
};
const parts: PartResult[] = [];
const store: ImportStore = {
  create: async () => undefined,
  get: async () => job,
  list: async () => ({ items: [] }),
  begin: async () => true,
  setTotalRows: async () => undefined,
  savePart: async (_, part) => void parts.push(part),
  hasPart: async () => false,
  parts: async () => parts,
  complete: async () => undefined,
  forgetErrors: async () => undefined,
  fail: (_, problem) => Promise.reject(new Error(problem)),
};

/** A policy that looks for no duplicates: a hundred thousand questions take long, and leave nothing in memory. */
const allowing = '{"Item":{"version":{"N":"1"},"account":{"M":{"name":{"S":"allow"},"phone":{"S":"allow"}}}}}';

/** Speaks DynamoDB's protocol and has nothing to say, but for that policy. */
const requestHandler = {
  async handle(request: { headers: Record<string, string> }) {
    const target = request.headers["x-amz-target"] ?? "";
    const body = target.endsWith(".GetItem")
      ? allowing
      : target.endsWith("BatchGetItem")
        ? '{"Responses":{},"UnprocessedKeys":{}}'
        : '{"Items":[]}';
    const headers = { "content-type": "application/x-amz-json-1.0" };
    return { response: { statusCode: 200, headers, body: new Response(body).body } };
  },
};
const credentials = { accessKeyId: "none", secretAccessKey: "none" };
const plain = new DynamoDBClient({
  region: "local",
  endpoint: "http://nowhere",
  credentials,
  requestHandler: requestHandler as never,
}); // the one method that the client calls
const client = DynamoDBDocumentClient.from(plain, { marshallOptions: { removeUndefinedValues: true } });

const deps = {
  ...openImports({
    table: { name: "none", client },
    files,
    clock: { now: () => new Date(at) },
    settings: { customer: "test", baseCurrency: "USD", zone: "UTC", locale: "en" },
    country: "CN",
  }),
  store,
  sender: async () => testViewer(),
};
const started = performance.now();
const { chunks } = await prepareImport({ importId: job.id }, deps);
// A worker runs one chunk at a time; the workflow gives it many, one after the other.
for (const chunk of chunks) await runChunk(chunk, deps);
await finishImport({ importId: job.id }, deps);
const counts = parts.reduce(
  (sum, part) => ({ created: sum.created + part.counts.created, failed: sum.failed + part.counts.failed }),
  { created: 0, failed: 0 },
);
const seconds = (performance.now() - started) / 1000;
const result = {
  ...counts,
  megabytes: process.resourceUsage().maxRSS / 1024,
  rowsPerSecond: rows / seconds,
  complete: joined === errorBytes,
};
process.stdout.write(JSON.stringify(result));
