import { Readable } from "node:stream";
import { gzipSync } from "node:zlib";
import {
  DeleteTableCommand,
  DescribeContinuousBackupsCommand,
  DescribeExportCommand,
  DescribeTableCommand,
  ExportTableToPointInTimeCommand,
  RestoreTableToPointInTimeCommand,
} from "@aws-sdk/client-dynamodb";
import { GetObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { openTable } from "@shangji/aws/dynamo/kit/client";
import { mockClient } from "aws-sdk-client-mock";
import { beforeEach, expect, test } from "vitest";
import { exportAt, latestInstant, restoreAt } from "./aws-copies.ts";
import { awsDrill } from "./aws-drill.ts";
import { removeCopy } from "./copies.ts";
import { keyOf } from "./images.ts";

const dynamo = mockClient(DynamoDBDocumentClient);
const s3 = mockClient(S3Client);
beforeEach(() => {
  dynamo.reset();
  s3.reset();
});

const at = new Date("2026-11-05T03:00:00Z");
const access = {
  client: openTable("records").client,
  s3: new S3Client({ region: "eu-central-1" }),
  bucket: "drills",
  pause: async () => undefined,
};
const body = (content: string | Buffer) =>
  Object.assign(Readable.from([content]), { transformToString: async () => String(content) });

function exported() {
  const ExportArn = "arn:export";
  dynamo.on(DescribeTableCommand).resolves({ Table: { TableArn: "arn:records", TableStatus: "ACTIVE" } });
  dynamo
    .on(ExportTableToPointInTimeCommand)
    .resolves({ ExportDescription: { ExportArn, ExportStatus: "IN_PROGRESS" } });
  dynamo
    .on(DescribeExportCommand)
    .resolvesOnce({ ExportDescription: { ExportArn, ExportStatus: "IN_PROGRESS" } })
    .resolves({ ExportDescription: { ExportArn, ExportStatus: "COMPLETED", ExportManifest: "m/summary.json" } });
  const files = ["d/1.json.gz", "d/2.json.gz"];
  const at = (Key: string) => s3.on(GetObjectCommand, { Bucket: "drills", Key });
  at("m/summary.json").callsFake(async () => ({ Body: body(JSON.stringify({ manifestFilesS3Key: "m/files.json" })) }));
  const manifest = files.map((dataFileS3Key) => JSON.stringify({ dataFileS3Key })).join("\n");
  at("m/files.json").callsFake(async () => ({ Body: body(`${manifest}\n`) }));
  for (const [index, Key] of files.entries()) {
    const line = JSON.stringify({ Item: { pk: { S: `opp_${index}` }, sk: { S: "record" } } });
    at(Key).callsFake(async () => ({ Body: body(gzipSync(`${line}\n`)) }));
  }
}

test("H7 an export is waited for, and read file by file, as often as it is asked for", async () => {
  exported();
  const images = await exportAt("records", at, { ...access, keyId: "key-1" });
  for (let reading = 0; reading < 2; reading++) {
    const keys: string[] = [];
    for await (const image of images()) keys.push(keyOf(image));
    expect(keys).toEqual(["opp_0\u0000record", "opp_1\u0000record"]);
  }
  expect(dynamo.commandCalls(ExportTableToPointInTimeCommand)[0]?.args[0].input).toMatchObject({
    TableArn: "arn:records",
    ExportTime: at,
    S3Bucket: "drills",
    S3SseKmsKeyId: "key-1",
  });
});

test("H7 a restored table is used once it and all of its indexes can be read", async () => {
  dynamo.on(RestoreTableToPointInTimeCommand).resolves({});
  const index = (IndexStatus: "CREATING" | "ACTIVE") => ({ IndexName: "gsi1", IndexStatus });
  dynamo
    .on(DescribeTableCommand)
    .resolvesOnce({ Table: { TableStatus: "CREATING" } })
    .resolvesOnce({ Table: { TableStatus: "ACTIVE", GlobalSecondaryIndexes: [index("CREATING")] } })
    .resolves({ Table: { TableStatus: "ACTIVE", GlobalSecondaryIndexes: [index("ACTIVE")] } });
  expect((await restoreAt("records", { at, name: "copy" }, access)).name).toBe("copy");
  expect(dynamo.commandCalls(DescribeTableCommand)).toHaveLength(3);
  expect(dynamo.commandCalls(RestoreTableToPointInTimeCommand)[0]?.args[0].input).toEqual({
    SourceTableName: "records",
    TargetTableName: "copy",
    RestoreDateTime: at,
  });
});

test("H7 all tables are restored to the same instant, and the copies go whatever happens", async () => {
  exported();
  dynamo.on(RestoreTableToPointInTimeCommand).resolves({});
  dynamo.on(DeleteTableCommand).resolves({});
  const earlier = new Date(at.getTime() - 60_000);
  const recovery = (LatestRestorableDateTime: Date) => ({
    ContinuousBackupsDescription: {
      ContinuousBackupsStatus: "ENABLED" as const,
      PointInTimeRecoveryDescription: { LatestRestorableDateTime },
    },
  });
  dynamo.on(DescribeContinuousBackupsCommand, { TableName: "records" }).resolves(recovery(at));
  dynamo.on(DescribeContinuousBackupsCommand, { TableName: "audit" }).resolves(recovery(earlier));
  dynamo.on(DescribeContinuousBackupsCommand, { TableName: "totals" }).resolves(recovery(at));
  const tables = { records: "records", "audit trail": "audit", totals: "totals" };
  const options = { access, customer: "huaxia", zone: "Asia/Shanghai", tables, tell: () => undefined };
  // Reading the copies is not mocked, so the comparison fails.
  await expect(awsDrill(options)).rejects.toThrow();
  const restores = dynamo.commandCalls(RestoreTableToPointInTimeCommand).map(({ args }) => args[0].input);
  expect(restores.map(({ RestoreDateTime }) => RestoreDateTime)).toEqual([earlier, earlier, earlier]);
  const removed = dynamo.commandCalls(DeleteTableCommand).map(({ args }) => args[0].input.TableName);
  expect(removed).toEqual(restores.map(({ TargetTableName }) => TargetTableName));
  for (const name of removed)
    expect(name).toMatch(/^shangji-huaxia-(records|audit-trail|totals)-restored-drill-\d{17}$/);

  dynamo.resetHistory();
  const copies = { records: "from-backup", "audit trail": "audit-from-backup", totals: "totals-from-backup" };
  await expect(awsDrill({ ...options, at, copies })).rejects.toThrow();
  expect(dynamo.commandCalls(RestoreTableToPointInTimeCommand)).toHaveLength(0);
  expect(dynamo.commandCalls(DeleteTableCommand)).toHaveLength(0);
});

test("H7 nothing but a copy of a drill is ever removed", async () => {
  for (const name of ["records", "shangji-huaxia-restored-x", ""]) {
    await expect(removeCopy({ name, client: access.client })).rejects.toThrow("not removed");
  }
  expect(dynamo.commandCalls(DeleteTableCommand)).toHaveLength(0);
});

test("H7 a table without point-in-time recovery says so", async () => {
  dynamo.on(DescribeContinuousBackupsCommand).resolves({});
  await expect(latestInstant(access.client, "records")).rejects.toThrow("recovery is off");
});
