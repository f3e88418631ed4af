import { type DynamoDBDocumentClient, GetCommand, ScanCommand } from "@aws-sdk/lib-dynamodb";
import { routes } from "@shangji/contracts";
import type { Role } from "@shangji/contracts/kit/primitives";
import { env } from "@shangji/lambda/env";
import { startDynamoDb } from "@shangji/testing/dynamodb";
import { vi } from "vitest";

/** An answer of a function, with the code of its problem if it is one. */
export interface Answer {
  status: number;
  headers: Record<string, string>;
  text: string;
  body: Record<string, unknown>;
}

export interface AttackedRequest {
  /** Method and path as the route declares them. */
  route: string;
  path?: Record<string, string>;
  query?: Record<string, string>;
  body?: unknown;
  key?: string;
  headers?: Record<string, string>;
  userId?: string;
  role?: Role;
}

/** The client that the functions have at this moment. */
const reached = vi.hoisted(() => ({ table: { name: "", client: undefined as unknown } })); // set before any function is loaded

// The functions open their table themselves; here each request of theirs goes to the client that the test has chosen.
vi.mock("@shangji/aws/dynamo/kit/client", () => ({ openTable: () => reached.table }));

/** The real functions on a table of their own, in this process, so that a test can come between them and their store. */
export async function attackedApi() {
  const db = await startDynamoDb();
  const table = await db.createTable();
  Object.assign(reached.table, table);
  Object.assign(process.env, {
    [env.tableName]: table.name,
    [env.totalsTableName]: table.name,
    [env.orgZone]: "UTC",
    [env.baseCurrency]: "USD",
    [env.phoneCountry]: "CN",
    [env.customer]: "test",
    [env.defaultLocale]: "en",
  });
  async function send(request: AttackedRequest): Promise<Answer> {
    const { handler } = await functionBehind(request.route);
    const { statusCode = 500, headers = {}, body = "" } = await (handler as unknown as Handler)(eventOf(request), {}); // events hold what handlers read
    return { status: statusCode, headers, text: body, body: body ? JSON.parse(body) : {} };
  }

  return {
    send,
    table,
    client: table.client,
    /** Lets the functions reach the store through another client while `work` is done. */
    async through<T>(client: DynamoDBDocumentClient, work: () => Promise<T>): Promise<T> {
      reached.table.client = client;
      try {
        return await work();
      } finally {
        reached.table.client = table.client;
      }
    },
    /** Every item of a kind, whoever may see it. */
    async stored(kind: string): Promise<Record<string, unknown>[]> {
      const { Items = [] } = await table.client.send(new ScanCommand({ TableName: table.name, ConsistentRead: true }));
      return Items.filter((item) => item.__edb_e__ === kind);
    },
    stop: () => db.stop(),
  };
}

type Send = DynamoDBDocumentClient["send"];

/** A client whose every call goes through `send`. */
export function intercepted(
  client: DynamoDBDocumentClient,
  send: (command: Parameters<Send>[0]) => Promise<unknown>,
): DynamoDBDocumentClient {
  return new Proxy(client, {
    get: (target, property) => (property === "send" ? send : Reflect.get(target, property, target)),
  });
}

/** Whether a call asks if the claim of an idempotency key is taken. */
export function isClaimLook(command: object): boolean {
  return command instanceof GetCommand && String(command.input.Key?.pk).startsWith("idempotency#");
}

/** Loaded with the first request, once the variables are set, as a cold start does. */
async function functionBehind(routeKey: string) {
  switch (routes.find(({ method, path }) => `${method} ${path}` === routeKey)?.domain) {
    case "accounts":
      return import("../../functions/accounts/http.ts");
    case "opportunities":
      return import("../../functions/opportunities/http.ts");
    case "people":
      return import("../../functions/people/http.ts");
    case "pipelines":
      return import("../../functions/pipelines/http.ts");
    case "views":
      return import("../../functions/views/http.ts");
    case "timeline":
      return import("../../functions/timeline/http.ts");
    default:
      throw new Error(`nothing here serves ${routeKey}`);
  }
}

type Handler = (
  event: unknown,
  context: object,
) => Promise<{ statusCode?: number; headers?: Record<string, string>; body?: string }>;

function eventOf({ route, path, query, body, key, headers, userId = "usr_1", role = "admin" }: AttackedRequest) {
  return {
    version: "2.0",
    routeKey: route,
    headers: {
      "content-type": "application/json",
      ...(key === undefined ? {} : { "idempotency-key": key }),
      ...headers,
    },
    ...(path ? { pathParameters: path } : {}),
    ...(query ? { queryStringParameters: query } : {}),
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    requestContext: { requestId: "attack", authorizer: { lambda: { userId, role } } },
    isBase64Encoded: false,
  };
}
