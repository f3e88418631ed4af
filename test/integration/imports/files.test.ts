import { S3Client } from "@aws-sdk/client-s3";
import { importFilesIn } from "@shangji/aws/imports/import-files";
import { createBucketService } from "@shangji/local-cloud/services/s3/bucket-service";
import { scratchCloud } from "@shangji/local-cloud/services/testing/scratch-cloud";
import { importFilesConformance } from "@shangji/testing/imports/files-conformance";
import { memoryFiles } from "@shangji/testing/imports/memory-files";
import { afterAll, beforeAll, expect, test } from "vitest";

const service = createBucketService({ put: () => [], putAwsEvent: () => undefined, busArn: () => "" });
const id = "imp_01JD7Z3Q5V9W0X2Y4Z6A8B0C1D";
let client: S3Client;
let buckets = 0;

beforeAll(async () => {
  const resources = Array.from({ length: 10 }, (_, index) => ({
    type: "AWS::S3::Bucket",
    logicalId: `Imports${index}`,
    properties: { BucketName: `imports-${index}` },
  }));
  await service.start(scratchCloud({ resources }));
  client = new S3Client({
    endpoint: service.endpoint ?? "",
    region: "eu-west-1",
    credentials: { accessKeyId: "AKIAtest", secretAccessKey: "secret of AKIAtest" },
    requestChecksumCalculation: "WHEN_REQUIRED",
    responseChecksumValidation: "WHEN_REQUIRED",
  });
});
afterAll(async () => {
  client.destroy();
  await service.stop();
});

async function open() {
  const files = importFilesIn({ name: `imports-${buckets++}`, client });
  async function upload(importId: string, bytes: Uint8Array) {
    const { url, headers } = await files.uploadLink(importId);
    const { status } = await fetch(url, { method: "PUT", headers, body: Buffer.from(bytes) });
    expect(status).toBe(200);
  }
  return { files, upload };
}

importFilesConformance("import files in S3", open);
importFilesConformance("import files in memory", async () => {
  const files = memoryFiles();
  return { files, upload: async (importId, bytes) => files.upload(importId, bytes) };
});

test("the upload link takes a CSV only, and the download link gives the file as an attachment", async () => {
  const { files } = await open();
  const { url } = await files.uploadLink(id);
  expect((await fetch(url, { method: "PUT", headers: { "content-type": "text/html" }, body: "x" })).status).toBe(403);
  await files.save(id, "errors.csv", "row,error\r\n");
  const answer = await fetch(await files.downloadLink(id, "errors.csv"));
  expect(answer.headers.get("content-type")).toBe("text/csv; charset=utf-8");
  expect(answer.headers.get("content-disposition")).toBe(`attachment; filename="${id}-errors.csv"`);
  expect(await answer.text()).toBe("row,error\r\n");
});
