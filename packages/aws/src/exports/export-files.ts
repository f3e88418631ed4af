import { DeleteObjectCommand, GetObjectCommand, ListObjectsV2Command, PutObjectCommand } from "@aws-sdk/client-s3";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import { exportLimits } from "@shangji/core/exports/limits";
import type { ExportFiles, NamedFile } from "@shangji/core/exports/ports";
import { type Bucket, joinObjects } from "../imports/import-files.ts";

const types = { csv: "text/csv", ndjson: "application/x-ndjson" } as const;
/** Deletions at once: an export has a few hundred pieces at most. */
const atOnce = 20;

/** Where everything of an export lies. */
export const exportFolder = (id: string) => `exports/${id}/`;
const partsFolder = (id: string) => `${exportFolder(id)}parts/`;
const partKey = (id: string, name: string) => `${partsFolder(id)}${name}.part`;
const idsKey = (id: string, name: string) => `${partsFolder(id)}${name}.ids`;
const fileKey = ({ id, format }: NamedFile) => `${exportFolder(id)}export.${format}`;

/**
 * Files of exports in a bucket. Pieces are objects of their own that a last step joins as a stream. A multipart upload would
 * spare that step, but its parts have 5 MB at least, which a chunk need not have found; and a run that was overtaken would
 * replace a part that is recorded already, where here it leaves an object that nobody reads.
 */
export function exportFilesIn(bucket: Bucket): ExportFiles {
  const { client, name: Bucket } = bucket;
  const put = (Key: string, Body: string) =>
    client.send(new PutObjectCommand({ Bucket, Key, Body, ContentType: "text/plain; charset=utf-8" }));
  return {
    async savePart(id, name, { text, ids }) {
      await Promise.all([put(partKey(id, name), text), put(idsKey(id, name), ids.join("\n"))]);
    },
    async idsIn(id, names) {
      const ids: string[] = [];
      for (const name of names) {
        const { Body } = await client.send(new GetObjectCommand({ Bucket, Key: idsKey(id, name) }));
        ids.push(...((await Body?.transformToString()) ?? "").split("\n"));
      }
      return ids;
    },
    join(order, { head, parts }) {
      const keys = parts.map(({ name }) => partKey(order.id, name));
      const bytes = parts.reduce((sum, part) => sum + part.bytes, 0);
      return joinObjects(bucket, fileKey(order), { head, keys, bytes, type: types[order.format] });
    },
    removeParts: (id) => removeBelow(bucket, partsFolder(id)),
    remove: (id) => removeBelow(bucket, exportFolder(id)),
    downloadLink(order) {
      const { entity, createdAt, format } = order;
      const command = new GetObjectCommand({
        Bucket,
        Key: fileKey(order),
        ResponseContentDisposition: `attachment; filename="${entity}-${createdAt.slice(0, 10)}.${format}"`,
      });
      return getSignedUrl(client, command, { expiresIn: exportLimits.linkSeconds });
    },
  };
}

/** Keys of what lies in a folder. */
export async function keysBelow({ client, name: Bucket }: Bucket, Prefix: string): Promise<string[]> {
  const keys: string[] = [];
  let ContinuationToken: string | undefined;
  do {
    const page = await client.send(new ListObjectsV2Command({ Bucket, Prefix, ContinuationToken }));
    keys.push(...(page.Contents ?? []).flatMap(({ Key }) => Key ?? []));
    ContinuationToken = page.NextContinuationToken;
  } while (ContinuationToken);
  return keys;
}

async function removeBelow(bucket: Bucket, folder: string): Promise<void> {
  const { client, name: Bucket } = bucket;
  const keys = await keysBelow(bucket, folder);
  for (let at = 0; at < keys.length; at += atOnce) {
    await Promise.all(keys.slice(at, at + atOnce).map((Key) => client.send(new DeleteObjectCommand({ Bucket, Key }))));
  }
}
