import type { CloudContext, LocalService } from "../../service.ts";
import { jsonHandler } from "../wire/json-operations.ts";
import { type Listener, listen } from "../wire/listen.ts";
import type { OutgoingMessage } from "./message.ts";
import type { Queue } from "./queue.ts";
import { queueOperations } from "./queue-operations.ts";
import { readQueues } from "./read-queues.ts";

/** SQS for the functions, and for the other services of the local cloud which send to queues by ARN. */
export interface QueueService extends LocalService {
  /** The queue with this ARN; undefined if the template does not declare it. */
  queue(arn: string): Queue | undefined;
  /** Sends a message on behalf of a service; false if there is no such queue. */
  send(queueArn: string, message: OutgoingMessage): boolean;
}

export function createQueueService(): QueueService {
  let queues: ReadonlyMap<string, Queue> = new Map();
  let listener: Listener | undefined;
  return {
    name: "sqs",
    endpointEnv: "AWS_ENDPOINT_URL_SQS",
    get endpoint() {
      return listener?.url ?? "";
    },
    async start(ctx: CloudContext) {
      queues = readQueues(ctx);
      const { accountId } = ctx.deployment;
      const operations = queueOperations({
        accountId,
        byName: (name) => [...queues.values()].find((queue) => queue.settings.name === name),
        all: () => queues.values(),
        urlOf: (queue) => `${listener?.url}/${accountId}/${queue.settings.name}`,
      });
      listener = await listen(jsonHandler({ target: "AmazonSQS", version: "1.0", operations, bodyLimit: 4_194_304 }));
    },
    async stop() {
      await listener?.close();
      for (const queue of queues.values()) queue.close();
    },
    queue: (arn) => queues.get(arn),
    send(queueArn, message) {
      const queue = queues.get(queueArn);
      queue?.send(message);
      return queue !== undefined;
    },
  };
}
