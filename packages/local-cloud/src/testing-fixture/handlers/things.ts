import { existsSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import { DynamoDBClient, GetItemCommand, PutItemCommand, QueryCommand } from "@aws-sdk/client-dynamodb";

interface Request {
  readonly routeKey: string;
  readonly pathParameters?: { readonly id: string };
  readonly requestContext?: { readonly authorizer?: { readonly lambda: object } };
  readonly body?: string;
  readonly isBase64Encoded?: boolean;
}

const dynamodb = new DynamoDBClient({});
const TableName = process.env.TABLE_NAME ?? "";
let invocations = 0;

/** A function with one route for each thing that the tests want to see happen. */
export async function handler(event: Request): Promise<unknown> {
  invocations += 1;
  const id = event.pathParameters?.id ?? "";
  switch (event.routeKey) {
    case "GET /things/{id}": {
      const { Item } = await dynamodb.send(
        new GetItemCommand({ TableName, Key: { pk: { S: id }, sk: { S: "thing" } } }),
      );
      return respond(Item === undefined ? 404 : 200, { name: Item?.name?.S });
    }
    case "PUT /things/{id}":
    case "PUT /reader/{id}": {
      const Item = { pk: { S: id }, sk: { S: "thing" }, name: { S: event.body ?? "" }, kind: { S: "thing" } };
      try {
        await dynamodb.send(new PutItemCommand({ TableName, Item }));
        return respond(200, { saved: id });
      } catch (error) {
        return respond(502, error instanceof Error ? { name: error.name, message: error.message } : {});
      }
    }
    case "GET /things": {
      const { Items } = await dynamodb.send(
        new QueryCommand({
          TableName,
          IndexName: "byKind",
          KeyConditionExpression: "kind = :kind",
          ExpressionAttributeValues: { ":kind": { S: "thing" } },
        }),
      );
      return respond(200, { count: Items?.length });
    }
    case "GET /slow":
    case "GET /impatient":
      await pause(60_000);
      return {};
    case "POST /hold":
      // Until the file exists that the body names: lets a test decide when the invocation ends.
      while (!existsSync(event.body ?? "")) await pause(5);
      return respond(200, { invocations });
    case "GET /fill": {
      // About 200 MB of heap.
      const full = Array.from({ length: 256 }, () => new Array<number>(100_000).fill(0.5));
      return respond(200, { invocations, arrays: full.length });
    }
    case "GET /crash":
      process.exit(7);
      return {};
    case "GET /throw":
      throw new TypeError("thrown on purpose");
    case "GET /log":
      console.log("one\ntwo");
      return {};
    case "GET /now":
      return respond(200, { now: Date.now(), date: new Date().toISOString() });
    case "GET /hosts":
      return respond(200, {
        users: await reach("cognito-idp", "/pool/.well-known/jwks.json"),
        other: await reach("textract", "/"),
      });
    case "GET /environment":
      return respond(200, { ...process.env });
    default:
      return respond(200, { invocations, event });
  }
}

/** What comes of a plain request to an AWS host. */
async function reach(service: string, path: string): Promise<string> {
  try {
    return String((await fetch(`https://${service}.eu-west-1.amazonaws.com${path}`)).status);
  } catch (error) {
    return String(error);
  }
}

function respond(statusCode: number, body: object): object {
  return { statusCode, headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
}
