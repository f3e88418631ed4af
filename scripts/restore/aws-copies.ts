import type { Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import {
  DescribeContinuousBackupsCommand,
  DescribeExportCommand,
  DescribeTableCommand,
  ExportTableToPointInTimeCommand,
  RestoreTableToPointInTimeCommand,
} from "@aws-sdk/client-dynamodb";
import { GetObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import type { Table } from "@shangji/aws/dynamo/kit/client";
import { imagesInLines } from "./export-file.ts";
import type { Images } from "./images.ts";

/** What AWS is asked with. */
export interface AwsAccess {
  client: Table["client"];
  s3: S3Client;
  /** Where exports are written to. */
  bucket: string;
  /** KMS key that they are written under. */
  keyId?: string | undefined;
  /** Waits before AWS is asked again how far it is. */
  pause(): Promise<void>;
}

/** The latest instant that a table can be restored to. @throws Error when point-in-time recovery is off */
export async function latestInstant(client: Table["client"], TableName: string): Promise<Date> {
  const { ContinuousBackupsDescription } = await client.send(new DescribeContinuousBackupsCommand({ TableName }));
  const latest = ContinuousBackupsDescription?.PointInTimeRecoveryDescription?.LatestRestorableDateTime;
  if (!latest) throw new Error(`${TableName} cannot be restored to a point in time: recovery is off`);
  return latest;
}

/** All items of a table as they were at an instant, by an export to S3. */
export async function exportAt(
  table: string,
  at: Date,
  { client, s3, bucket, keyId, pause }: AwsAccess,
): Promise<Images> {
  const { Table: described } = await client.send(new DescribeTableCommand({ TableName: table }));
  const begun = await client.send(
    new ExportTableToPointInTimeCommand({
      TableArn: described?.TableArn ?? table,
      ExportTime: at,
      S3Bucket: bucket,
      S3Prefix: "restore-drill",
      ExportFormat: "DYNAMODB_JSON",
      ...(keyId ? { S3SseAlgorithm: "KMS", S3SseKmsKeyId: keyId } : {}),
    }),
  );
  let { ExportDescription: state } = begun;
  while (state?.ExportStatus === "IN_PROGRESS") {
    await pause();
    ({ ExportDescription: state } = await client.send(new DescribeExportCommand({ ExportArn: state.ExportArn })));
  }
  if (state?.ExportStatus !== "COMPLETED") throw new Error(`the export of ${table} failed: ${state?.FailureCode}`);
  const summary = JSON.parse(await textAt(s3, bucket, state.ExportManifest ?? "")) as { manifestFilesS3Key: string }; // DynamoDB's own
  const files = (await textAt(s3, bucket, summary.manifestFilesS3Key)).split("\n").filter((line) => line !== "");
  const keys = files.map((line) => (JSON.parse(line) as { dataFileS3Key: string }).dataFileS3Key); // DynamoDB's own
  return async function* images() {
    for (const Key of keys) {
      const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key }));
      yield* imagesInLines((Body as Readable).pipe(createGunzip())); // the SDK's body on Node
    }
  };
}

async function textAt(s3: S3Client, Bucket: string, Key: string): Promise<string> {
  const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key }));
  return (await Body?.transformToString()) ?? "";
}

/** A new table with a table's items of an instant; answers once it can be read. */
export async function restoreAt(
  table: string,
  { at, name }: { at: Date; name: string },
  { client, pause }: Pick<AwsAccess, "client" | "pause">,
): Promise<Table> {
  await client.send(
    new RestoreTableToPointInTimeCommand({ SourceTableName: table, TargetTableName: name, RestoreDateTime: at }),
  );
  for (;;) {
    await pause();
    const { Table: state } = await client.send(new DescribeTableCommand({ TableName: name }));
    const isWhole = (state?.GlobalSecondaryIndexes ?? []).every(({ IndexStatus }) => IndexStatus === "ACTIVE");
    if (state?.TableStatus === "ACTIVE" && isWhole) return { name, client };
  }
}
