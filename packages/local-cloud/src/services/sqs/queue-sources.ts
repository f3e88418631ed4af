import type { CloudContext, LocalService } from "../../service.ts";
import { TemplateError } from "../../template/deployment.ts";
import { readMappings } from "../sources/mapping.ts";
import { realDelay } from "../timing/real-delay.ts";
import { QueueConsumer } from "./queue-consumer.ts";
import type { QueueService } from "./queue-service.ts";

const ACTIONS = ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"];

/** Runs the event source mappings of queues; started after everything that their functions may call. */
export function createQueueSources(queues: Pick<QueueService, "queue">): LocalService {
  let consumers: QueueConsumer[] = [];
  const isIdle = (): boolean => consumers.every((consumer) => consumer.isIdle());
  const stopped = new AbortController();
  return {
    name: "sqs sources",
    async start(ctx: CloudContext) {
      const mappings = await readMappings(ctx, "sqs", ACTIONS, 10);
      consumers = mappings.map((mapping) => {
        const queue = queues.queue(mapping.sourceArn);
        if (queue === undefined) throw new TemplateError(`${mapping.id}: there is no queue ${mapping.sourceArn}`);
        return new QueueConsumer(ctx, mapping, queue);
      });
      for (const consumer of consumers) consumer.start();
    },
    async stop() {
      stopped.abort();
      await Promise.all(consumers.map((consumer) => consumer.stop()));
    },
    isIdle,
    async settle() {
      while (!isIdle() && !stopped.signal.aborted) await realDelay(5, stopped.signal);
    },
  };
}
