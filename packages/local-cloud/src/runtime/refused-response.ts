import type { AwsRequest } from "../iam/called-actions.ts";

/** The answer with which AWS refuses a call, in the protocol of the service; the SDK does not retry it. */
export function refusedResponse(
  request: AwsRequest,
  message: string,
): { status: number; headers: Record<string, string>; body: string } {
  const text = message.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
  if (request.service === "s3") {
    return {
      status: 403,
      headers: { "content-type": "application/xml" },
      // The answer to a HEAD has no body, in S3 as well.
      body: request.method === "HEAD" ? "" : `<Error><Code>AccessDenied</Code><Message>${text}</Message></Error>`,
    };
  }
  if (request.service === "ses" && !request.path.startsWith("/v2/")) {
    return {
      status: 403,
      headers: { "content-type": "text/xml" },
      body: `<ErrorResponse><Error><Type>Sender</Type><Code>AccessDenied</Code><Message>${text}</Message></Error></ErrorResponse>`,
    };
  }
  return {
    status: 400,
    headers: { "content-type": "application/x-amz-json-1.0", "x-amzn-errortype": "AccessDeniedException" },
    body: JSON.stringify({ __type: "com.amazon.coral.service#AccessDeniedException", message }),
  };
}
