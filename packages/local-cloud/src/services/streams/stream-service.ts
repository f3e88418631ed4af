import { join } from "node:path";
import { DescribeTableCommand, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBStreamsClient } from "@aws-sdk/client-dynamodb-streams";
import type { CloudContext, LocalService } from "../../service.ts";
import { TemplateError } from "../../template/deployment.ts";
import { type KeptMap, openKeptMap } from "../keeping/kept-map.ts";
import type { QueueService } from "../sqs/queue-service.ts";
import { readStreamMappings, type StreamMapping } from "./stream-mapping.ts";
import { type Checkpoint, StreamPoller } from "./stream-poller.ts";

/** Runs the event source mappings of table streams against DynamoDB Local's Streams API. */
export function createStreamService(queues: Pick<QueueService, "send">): LocalService {
  let pollers: StreamPoller[] = [];
  let checkpoints: KeptMap<Checkpoint> | undefined;
  let clients: { destroy(): void }[] = [];
  return {
    name: "streams",
    async start(ctx: CloudContext) {
      const mappings = await readStreamMappings(ctx);
      if (mappings.length === 0) return;
      const config = {
        endpoint: ctx.endpoints.AWS_ENDPOINT_URL_DYNAMODB ?? "",
        region: ctx.deployment.region,
        // The engine shares its tables between all keys; it only wants to see one.
        credentials: { accessKeyId: "local", secretAccessKey: "local" },
      };
      const tables = new DynamoDBClient(config);
      const client = new DynamoDBStreamsClient(config);
      clients = [tables, client];
      const kept = openKeptMap<Checkpoint>(ctx.dataDir && join(ctx.dataDir, "streams", "checkpoints.jsonl"));
      checkpoints = kept;
      pollers = await Promise.all(
        mappings.map(async (mapping) => {
          const giveUp = (body: object): void => {
            if (mapping.onFailureArn !== undefined) queues.send(mapping.onFailureArn, { body: JSON.stringify(body) });
          };
          return new StreamPoller({
            ctx,
            mapping,
            client,
            checkpoints: kept,
            giveUp,
            ...(await findStream(tables, mapping)),
          });
        }),
      );
      for (const poller of pollers) poller.start();
    },
    async stop() {
      await Promise.all(pollers.map((poller) => poller.stop()));
      for (const client of clients) client.destroy();
      checkpoints?.close();
    },
    isIdle: () => pollers.every((poller) => poller.isIdle()),
    async settle() {
      await Promise.all(pollers.map((poller) => poller.settle()));
    },
  };
}

async function findStream(
  tables: DynamoDBClient,
  mapping: StreamMapping,
): Promise<{ streamArn: string; hashKey: string }> {
  const { Table: table } = await tables.send(new DescribeTableCommand({ TableName: mapping.tableName }));
  const hashKey = table?.KeySchema?.find(({ KeyType }) => KeyType === "HASH")?.AttributeName;
  if (table?.LatestStreamArn === undefined || hashKey === undefined) {
    throw new TemplateError(`${mapping.id}: table ${mapping.tableName} has no stream`);
  }
  return { streamArn: table.LatestStreamArn, hashKey };
}
