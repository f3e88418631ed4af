import type { ServerResponse } from "node:http";

/** What the gateway sends to its caller. */
export interface HttpAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly body: string | Buffer;
}

/** The gateway's own answers, as API Gateway words them. */
export function gatewayAnswer(status: number, message: string): HttpAnswer {
  return { status, headers: { "content-type": "application/json" }, body: JSON.stringify({ message }) };
}

/**
 * Reads a function's result in payload format 2.0: a record with `statusCode` is a response, anything else is the body
 * of a 200. Undefined for a response that API Gateway would not pass on.
 */
export function functionAnswer(payload: unknown): HttpAnswer | undefined {
  if (typeof payload !== "object" || payload === null || !("statusCode" in payload)) {
    const body = typeof payload === "string" ? payload : JSON.stringify(payload);
    return { status: 200, headers: { "content-type": "application/json" }, body };
  }
  const { statusCode, headers, cookies, body, isBase64Encoded } = payload as Readonly<Record<string, unknown>>; // an object, as checked above
  const status = Number(statusCode);
  if (!Number.isInteger(status) || status < 100 || status > 599) return undefined;
  if (body !== undefined && body !== null && typeof body !== "string") return undefined;
  const sent: Record<string, string | readonly string[]> = {};
  for (const [name, value] of Object.entries(headers ?? {})) sent[name.toLowerCase()] = String(value);
  if (Array.isArray(cookies) && cookies.length > 0) sent["set-cookie"] = cookies.map(String);
  if (body !== undefined && body !== null) sent["content-type"] ??= "text/plain;charset=UTF-8";
  const text = body ?? "";
  return { status, headers: sent, body: isBase64Encoded === true ? Buffer.from(text, "base64") : text };
}

/** Sends an answer with extra headers; these win, since the gateway's CORS rules override those of a function. */
export function sendAnswer(
  response: ServerResponse,
  answer: HttpAnswer,
  extra: Readonly<Record<string, string>> = {},
): void {
  const headers: Record<string, string | readonly string[] | number> = { ...answer.headers, ...extra };
  headers["content-length"] = Buffer.byteLength(answer.body);
  if (answer.status === 204 || answer.status === 304) delete headers["content-length"];
  delete headers["transfer-encoding"];
  delete headers.connection;
  response.writeHead(answer.status, headers as Record<string, string | string[] | number>); // the shapes that writeHead takes
  response.end(response.req.method === "HEAD" ? undefined : answer.body);
}
