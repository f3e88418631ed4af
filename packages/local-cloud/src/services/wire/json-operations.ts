import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { JsonObject } from "../../template/deployment.ts";
import { ServiceFault } from "./service-fault.ts";

/** One operation of a service of the AWS JSON protocol: parsed body in, body out. `signal` ends with the connection. */
export type JsonOperation = (input: JsonObject, signal: AbortSignal) => Promise<object> | object;

export interface JsonService {
  /** Prefix of `X-Amz-Target`, e.g. `AWSEvents`. */
  readonly target: string;
  readonly version: "1.0" | "1.1";
  readonly operations: Readonly<Record<string, JsonOperation>>;
  /** Largest request body in bytes. */
  readonly bodyLimit: number;
}

/** Answers requests of the AWS JSON protocol, errors included, as the SDK clients expect them. */
export function jsonHandler(service: JsonService) {
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const answer = (status: number, body: object, headers: Readonly<Record<string, string>> = {}): void => {
      response.writeHead(status, {
        "content-type": `application/x-amz-json-${service.version}`,
        "x-amzn-requestid": randomUUID(),
        ...headers,
      });
      response.end(JSON.stringify(body));
    };
    const gone = new AbortController();
    response.once("close", () => gone.abort());
    try {
      const operation = operationFor(service, request);
      answer(200, await operation(await readJson(request, service.bodyLimit), gone.signal));
    } catch (error) {
      if (!(error instanceof ServiceFault)) throw error;
      answer(error.status, { __type: error.code, message: error.message }, { "x-amzn-errortype": error.code });
    }
  };
}

function operationFor(service: JsonService, request: IncomingMessage): JsonOperation {
  const [target, name] = String(request.headers["x-amz-target"] ?? "").split(".");
  const operation = target === service.target && name !== undefined ? service.operations[name] : undefined;
  if (operation === undefined) {
    request.resume();
    throw new ServiceFault("UnknownOperationException", `The local cloud does not serve ${target}.${name ?? ""}`);
  }
  return operation;
}

async function readJson(request: IncomingMessage, limit: number): Promise<JsonObject> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    const buffer: Buffer = chunk;
    bytes += buffer.length;
    if (bytes <= limit) chunks.push(buffer);
  }
  if (bytes > limit) throw new ServiceFault("RequestEntityTooLarge", `The request is larger than ${limit} bytes`, 413);
  try {
    const parsed: unknown = JSON.parse(Buffer.concat(chunks).toString("utf8") || "{}");
    if (typeof parsed === "object" && parsed !== null && !Array.isArray(parsed)) return parsed as JsonObject; // an object of JSON.parse
  } catch {
    // Falls through to the refusal below.
  }
  throw new ServiceFault("SerializationException", "The body is not a JSON object");
}
