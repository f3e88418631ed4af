import { GetObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import { importFilesIn } from "@shangji/aws/imports/import-files";
import { importLinksIn } from "@shangji/aws/imports/import-links";
import { createBucketService } from "@shangji/local-cloud/services/s3/bucket-service";
import { scratchCloud } from "@shangji/local-cloud/services/testing/scratch-cloud";
import { importFilesConformance } from "@shangji/testing/imports/files-conformance";
import { memoryFiles } from "@shangji/testing/imports/memory-files";
import { afterAll, beforeAll, expect, test } from "vitest";

const service = createBucketService({ put: () => [], putAwsEvent: () => undefined, busArn: () => "" });
const id = "imp_01JD7Z3Q5V9W0X2Y4Z6A8B0C1D";
const region = "eu-west-1";
const credentials = { accessKeyId: "AKIAtest", secretAccessKey: "secret of AKIAtest" };
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
    region,
    credentials,
    requestChecksumCalculation: "WHEN_REQUIRED",
    responseChecksumValidation: "WHEN_REQUIRED",
  });
});
afterAll(async () => {
  client.destroy();
  await service.stop();
});

async function open() {
  const name = `imports-${buckets++}`;
  const files = importFilesIn({ name, client });
  const links = importLinksIn({ name, region, credentials, endpoint: service.endpoint });
  async function upload(importId: string, bytes: Uint8Array) {
    const { url, headers } = await links.uploadLink(importId);
    const { status } = await fetch(url, { method: "PUT", headers, body: Buffer.from(bytes) });
    expect(status).toBe(200);
  }
  return { files, links, upload };
}

importFilesConformance("import files in S3", open);
importFilesConformance("import files in memory", async () => {
  const files = memoryFiles();
  return { files, upload: async (importId, bytes) => files.upload(importId, bytes) };
});

test("the upload link takes a CSV only, and the download link gives the file as an attachment", async () => {
  const { files, links } = await open();
  const { url } = await links.uploadLink(id);
  expect((await fetch(url, { method: "PUT", headers: { "content-type": "text/html" }, body: "x" })).status).toBe(403);
  await files.save(id, "errors.csv", "row,error\r\n");
  const answer = await fetch(await links.downloadLink(id, "errors.csv"));
  expect(answer.headers.get("content-type")).toBe("text/csv; charset=utf-8");
  expect(answer.headers.get("content-disposition")).toBe(`attachment; filename="${id}-errors.csv"`);
  expect(await answer.text()).toBe("row,error\r\n");
});

test.each(["eu-central-1", "us-east-1", "cn-northwest-1"])(
  "links lead to where the SDK finds a bucket in %s",
  async (region) => {
    const asked = new URL(await importLinksIn({ name: "imports", region, credentials }).downloadLink(id, "errors.csv"));
    const key = { Bucket: "imports", Key: `imports/${id}/errors.csv` };
    const known = new URL(await getSignedUrl(new S3Client({ region, credentials }), new GetObjectCommand(key)));
    expect(asked.origin + asked.pathname).toBe(known.origin + known.pathname);
    expect(asked.searchParams.get("X-Amz-Credential")).toBe(known.searchParams.get("X-Amz-Credential"));
  },
);
