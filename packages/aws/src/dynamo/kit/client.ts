import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { clientSettings } from "../../client-settings.ts";

/** The table and the client that reaches it. */
export interface Table {
  name: string;
  client: DynamoDBDocumentClient;
}

/** One client per cold start; region, endpoint and credentials come from the environment. */
export function openTable(name: string): Table {
  const client = DynamoDBDocumentClient.from(new DynamoDBClient(clientSettings), {
    marshallOptions: { removeUndefinedValues: true },
  });
  return { name, client };
}
