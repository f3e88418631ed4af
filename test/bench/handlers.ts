import { Readable } from "node:stream";
import { env } from "@shangji/lambda/env";
import { NodeHttpHandler } from "@smithy/node-http-handler";
import { type Call, median, round } from "./load.ts";
import { type OperationName, operationsOn } from "./operations.ts";
import type { RunningStack } from "./world.ts";

export interface HandlerRow {
  operation: OperationName;
  /** DynamoDB capacity units of one request, as the engine reports them. */
  readUnits: number;
  writeUnits: number;
  /** Requests to DynamoDB. */
  requests: number;
  /** Median milliseconds in the handler, without the time in which a request to DynamoDB was under way. */
  ownMs: number;
}

type Handler = (event: unknown, context: object) => Promise<{ statusCode?: number; body?: string }>;

const turns = 300;
/** V8 compiles the hot paths within a few hundred calls. */
const warmUp = 300;
/** A batch runs them a hundred times a call. */
const fewer = 10;

/** Runs the handlers in this process, on the store of a running stack, and looks at each request to DynamoDB. */
export async function measureHandlers(running: RunningStack): Promise<HandlerRow[]> {
  const { stack, world } = running;
  Object.assign(process.env, {
    AWS_REGION: stack.store.region,
    AWS_ACCESS_KEY_ID: "local",
    AWS_SECRET_ACCESS_KEY: "local",
    AWS_ENDPOINT_URL_DYNAMODB: stack.store.endpoint,
    [env.tableName]: stack.store.tableName,
    [env.searchTableName]: stack.store.searchTableName,
    [env.totalsTableName]: stack.store.totalsTableName,
    [env.orgZone]: stack.store.zone,
    [env.baseCurrency]: stack.store.baseCurrency,
    [env.phoneCountry]: "CN",
    [env.customer]: "local",
    [env.defaultLocale]: "en",
  });
  const meter = meterDynamoDb();
  const print = process.stdout.write;
  // The handlers log each request.
  process.stdout.write = () => true;
  try {
    // Loaded once the variables are set, as a cold start does. The casts: events here hold only what handlers read.
    const opportunities = (await import("../../functions/opportunities/http.ts")).handler as unknown as Handler;
    const pipelines = (await import("../../functions/pipelines/http.ts")).handler as unknown as Handler;
    const analytics = (await import("../../functions/analytics/http.ts")).handler as unknown as Handler;
    const search = (await import("../../functions/search/http.ts")).handler as unknown as Handler;
    const rows: HandlerRow[] = [];
    const routes: [OperationName, string, Handler][] = [
      ["create", "POST /v1/opportunities", opportunities],
      ["batch create", "POST /v1/opportunities/batch", opportunities],
      ["read", "GET /v1/opportunities/{id}", opportunities],
      ["list by owner", "GET /v1/opportunities", opportunities],
      ["filtered list", "GET /v1/opportunities", opportunities],
      ["transition", "POST /v1/opportunities/{id}/transitions", opportunities],
      ["board", "GET /v1/pipelines/{id}/board", pipelines],
      ["funnel", "GET /v1/analytics/funnel", analytics],
      ["search", "GET /v1/search", search],
    ];
    for (const [operation, routeKey, handler] of routes) {
      const next = operationsOn(world, 1)[operation];
      const actor = { userId: world.ownerIds[0], role: "admin" };
      const own: number[] = [];
      let cost = { reads: 0, writes: 0, requests: 0 };
      const scale = operation === "batch create" ? fewer : 1;
      for (let turn = 0; turn < (warmUp + turns) / scale; turn++) {
        const event = eventOf(routeKey, next(0, turn), actor);
        meter.reset();
        const started = performance.now();
        const { statusCode = 500, body } = await handler(event, {});
        const elapsed = performance.now() - started;
        if (statusCode >= 300) throw new Error(`${operation}: ${statusCode} ${body}`);
        if (turn >= warmUp / scale) own.push(elapsed - meter.busyMilliseconds());
        cost = { ...meter.cost };
      }
      rows.push({
        operation,
        readUnits: round(cost.reads),
        writeUnits: round(cost.writes),
        requests: cost.requests,
        ownMs: Math.round(median(own) * 100) / 100,
      });
    }
    return rows;
  } finally {
    process.stdout.write = print;
    meter.remove();
  }
}

function eventOf(routeKey: string, { method, path, body }: Call, actor: object): object {
  const url = new URL(path, "http://localhost");
  const names = routeKey.split(" ")[1]?.split("/") ?? [];
  const parts = url.pathname.split("/");
  const pathParameters = Object.fromEntries(
    names.flatMap((name, index) => (name.startsWith("{") ? [[name.slice(1, -1), parts[index]]] : [])),
  );
  const query = Object.fromEntries(url.searchParams);
  return {
    version: "2.0",
    routeKey,
    rawPath: url.pathname,
    rawQueryString: url.search.slice(1),
    headers: { "content-type": "application/json" },
    pathParameters,
    ...(Object.keys(query).length > 0 ? { queryStringParameters: query } : {}),
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    requestContext: {
      requestId: "bench",
      http: { method, path: url.pathname, sourceIp: "127.0.0.1", userAgent: "bench", protocol: "HTTP/1.1" },
      authorizer: { lambda: actor },
    },
    isBase64Encoded: false,
  };
}

interface Capacity {
  CapacityUnits?: number;
  ReadCapacityUnits?: number;
  WriteCapacityUnits?: number;
}

/** Asks for the consumed capacity with every request, and notes when one was under way. */
function meterDynamoDb() {
  const original = NodeHttpHandler.prototype.handle;
  const cost = { reads: 0, writes: 0, requests: 0 };
  let intervals: [number, number][] = [];
  NodeHttpHandler.prototype.handle = async function (request, options) {
    const target = String(request.headers["x-amz-target"] ?? "");
    // The stack's own clients, such as those that read the stream, run in this process too.
    if (!target.startsWith("DynamoDB_")) return original.call(this, request, options);
    const started = performance.now();
    const input = JSON.parse(new TextDecoder().decode(request.body)) as object; // what the SDK has just written
    const body = JSON.stringify({ ...input, ReturnConsumedCapacity: "TOTAL" });
    request.body = body;
    request.headers["content-length"] = String(Buffer.byteLength(body));
    const { response } = await original.call(this, request, options);
    const chunks: Buffer[] = [];
    for await (const chunk of response.body) chunks.push(chunk as Buffer); // a stream of Node's yields buffers
    const answer = Buffer.concat(chunks);
    const { ConsumedCapacity = [] } = JSON.parse(answer.toString("utf8")) as {
      ConsumedCapacity?: Capacity | Capacity[];
    };
    cost.requests += 1;
    for (const { CapacityUnits = 0 } of [ConsumedCapacity].flat()) {
      if (/Put|Update|Delete|Write/.test(target)) cost.writes += CapacityUnits;
      else cost.reads += CapacityUnits;
    }
    response.body = Readable.from([answer]);
    // Rewriting the request and looking at the answer are this meter's work, not the handler's.
    intervals.push([started, performance.now()]);
    return { response };
  };
  return {
    cost,
    reset() {
      Object.assign(cost, { reads: 0, writes: 0, requests: 0 });
      intervals = [];
    },
    /** How long at least one request was under way. */
    busyMilliseconds(): number {
      let [busy, until] = [0, 0];
      for (const [from, to] of intervals.toSorted(([left], [right]) => left - right)) {
        busy += Math.max(0, to - Math.max(from, until));
        until = Math.max(until, to);
      }
      return busy;
    },
    remove() {
      NodeHttpHandler.prototype.handle = original;
    },
  };
}
