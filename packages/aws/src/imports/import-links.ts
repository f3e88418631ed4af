import { partition } from "@aws-sdk/core/client";
import { formatUrl } from "@aws-sdk/core/util";
import { fromEnv } from "@aws-sdk/credential-provider-env";
import { S3RequestPresigner } from "@aws-sdk/s3-request-presigner";
import { importLimits } from "@shangji/core/imports/limits";
import type { ImportLinks } from "@shangji/core/imports/ports";
import { fileKey, sourceName } from "@shangji/core/imports/source-key";
import { Sha256 } from "@smithy/core/checksum";
import { HttpRequest } from "@smithy/core/protocols";

/** Where a bucket is reached, and who signs for it. */
export interface LinkedBucket {
  name: string;
  region: string;
  /** Another address than AWS's own, under which buckets are folders. */
  endpoint?: string | undefined;
  /** @default those of the environment */
  credentials?: ConstructorParameters<typeof S3RequestPresigner>[0]["credentials"];
}

const uploadHeaders = { "content-type": "text/csv" };

/**
 * Links to the files of imports. They are signed here and not by the client of S3, which needs no request for it and would be
 * a third of the function's start.
 */
export function importLinksIn({ name, region, endpoint, credentials = fromEnv() }: LinkedBucket): ImportLinks {
  const presigner = new S3RequestPresigner({ region, credentials, sha256: Sha256 });
  const base = new URL(endpoint ?? `https://${name}.s3.${region}.${partition(region).dnsSuffix}`);
  const folder = endpoint ? `${base.pathname.replace(/\/$/, "")}/${name}` : "";

  async function link(
    method: "GET" | "PUT",
    key: string,
    { query = {}, headers = {} }: { query?: Record<string, string>; headers?: Record<string, string> },
  ): Promise<string> {
    const { protocol, hostname, port } = base;
    const request = new HttpRequest({
      method,
      protocol,
      hostname,
      ...(port ? { port: Number(port) } : {}),
      path: `${folder}/${key}`,
      query,
      headers: { ...headers },
    });
    const signed = await presigner.presign(request, {
      expiresIn: importLimits.linkSeconds,
      signableHeaders: new Set(["host", ...Object.keys(headers)]),
    });
    return formatUrl(signed);
  }

  return {
    async uploadLink(id) {
      const url = await link("PUT", fileKey(id, sourceName), { headers: uploadHeaders });
      return { url, headers: uploadHeaders };
    },
    downloadLink(id, name) {
      const query = {
        "response-content-type": "text/csv; charset=utf-8",
        "response-content-disposition": `attachment; filename="${id}-${name}"`,
      };
      return link("GET", fileKey(id, name), { query });
    },
  };
}
