import { DeleteObjectCommand, GetObjectCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import type { ExportFiles, RequestRecord } from "@shangji/core/protection/ports";
import type { Bucket } from "../imports/import-files.ts";

/** A link is a key to everything about somebody, so it works only for as long as a click takes. */
const linkSeconds = 300;

/** Files of exports, each person's under a folder of their own. */
export function exportFilesIn({ client, name: Bucket }: Bucket): ExportFiles {
  const place = ({ id, subjectId }: Pick<RequestRecord, "id" | "subjectId">) => ({
    Bucket,
    Key: `subject-exports/${subjectId}/${id}.json`,
  });
  return {
    async save(request, Body) {
      await client.send(
        new PutObjectCommand({ ...place(request), Body, ContentType: "application/json; charset=utf-8" }),
      );
    },
    async remove(request) {
      await client.send(new DeleteObjectCommand(place(request)));
    },
    downloadLink(request) {
      const command = new GetObjectCommand({
        ...place(request),
        ResponseContentDisposition: `attachment; filename="${request.id}.json"`,
      });
      return getSignedUrl(client, command, { expiresIn: linkSeconds });
    },
  };
}
