import { REGION } from "./scratch-cloud.ts";

/** Configuration of an SDK client for a service of the local cloud; `accessKeyId` tells who calls. */
export function clientConfig(endpoint: string, accessKeyId = "developer") {
  return {
    endpoint,
    region: REGION,
    maxAttempts: 1,
    credentials: { accessKeyId, secretAccessKey: `secret of ${accessKeyId}` },
  };
}
