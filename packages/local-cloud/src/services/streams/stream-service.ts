import { join } from "node:path";
import { DescribeTableCommand, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import type { CloudContext, LocalService } from "../../service.ts";
import { TemplateError } from "../../template/deployment.ts";
import { type KeptMap, openKeptMap } from "../keeping/kept-map.ts";
import type { QueueService } from "../sqs/queue-service.ts";
import { type Checkpoint, StreamConsumer } from "./stream-consumer.ts";
import { readStreamMappings, type StreamMapping } from "./stream-mapping.ts";
import { StreamPoller } from "./stream-poller.ts";
import { StreamsApi } from "./streams-api.ts";

/** Runs the event source mappings of table streams against DynamoDB Local's Streams API. */
export function createStreamService(queues: Pick<QueueService, "send">): LocalService {
  const stopped = new AbortController();
  const pollers: StreamPoller[] = [];
  let loops: Promise<void>[] = [];
  let checkpoints: KeptMap<Checkpoint> | undefined;
  let api: StreamsApi | undefined;
  return {
    name: "streams",
    async start(ctx: CloudContext) {
      const mappings = await readStreamMappings(ctx);
      if (mappings.length === 0) return;
      const endpoint = ctx.endpoints.AWS_ENDPOINT_URL_DYNAMODB ?? "";
      const { region } = ctx.deployment;
      api = new StreamsApi(endpoint, region);
      checkpoints = openKeptMap<Checkpoint>(ctx.dataDir && join(ctx.dataDir, "streams", "checkpoints.jsonl"));
      // The engine shares its tables between all keys; it only wants to see one.
      const credentials = { accessKeyId: "local", secretAccessKey: "local" };
      const tables = new DynamoDBClient({ endpoint, region, credentials });
      try {
        for (const ofOneStream of groupBy(mappings, ({ sourceArn }) => sourceArn)) {
          pollers.push(
            ...(await pollersOf(ofOneStream, { ctx, tables, api, checkpoints, queues, stopped: stopped.signal })),
          );
        }
      } finally {
        tables.destroy();
      }
      loops = pollers.map((poller) => poller.run());
    },
    async stop() {
      stopped.abort();
      await Promise.all(loops);
      api?.close();
      checkpoints?.close();
    },
    isIdle: () => pollers.every((poller) => poller.isIdle()),
    async settle() {
      await Promise.all(pollers.map((poller) => poller.settle()));
    },
  };
}

interface Parts {
  readonly ctx: CloudContext;
  readonly tables: DynamoDBClient;
  readonly api: StreamsApi;
  readonly checkpoints: KeptMap<Checkpoint>;
  readonly queues: Pick<QueueService, "send">;
  readonly stopped: AbortSignal;
}

/** One poller for all mappings of a stream; those that begin at its end have one of their own. */
async function pollersOf(
  mappings: readonly StreamMapping[],
  { ctx, tables, api, checkpoints, queues, stopped }: Parts,
): Promise<StreamPoller[]> {
  const [first] = mappings;
  if (first === undefined) return [];
  const { streamArn, hashKey } = await findStream(tables, first);
  const consumers = mappings.map((mapping) => {
    const giveUp = (body: object): void => {
      if (mapping.onFailureArn !== undefined) queues.send(mapping.onFailureArn, { body: JSON.stringify(body) });
    };
    return new StreamConsumer({ ctx, mapping, streamArn, checkpoints, giveUp, signal: stopped });
  });
  return groupBy(consumers, ({ start }) => start === "LATEST").map(
    (together) =>
      new StreamPoller({ ctx, api, streamArn, sourceArn: first.sourceArn, hashKey, consumers: together, stopped }),
  );
}

function groupBy<T>(values: readonly T[], key: (value: T) => unknown): T[][] {
  return [...Map.groupBy(values, key).values()];
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
