import type { LocalService, ServiceFactory } from "../service.ts";
import { createEventService } from "./events/event-service.ts";
import { createBucketService } from "./s3/bucket-service.ts";
import { createQueueService } from "./sqs/queue-service.ts";
import { createQueueSources } from "./sqs/queue-sources.ts";
import { createStateService, type StateService } from "./states/state-service.ts";
import { createStreamService } from "./streams/stream-service.ts";

/**
 * The services of our own for one cloud, in the order in which they start: queues, bus, state machines and buckets
 * first; then what invokes functions by itself, which may call any of them. Make a new list for each cloud.
 */
export function ownServices(): readonly ServiceFactory[] {
  const queues = createQueueService();
  // Each starts what the other can cause: the bus starts executions, and an execution puts events.
  const machines: { current?: StateService } = {};
  const events = createEventService({
    queues,
    machines: {
      startExecution(request) {
        if (machines.current === undefined) throw new Error("state machines are made right below");
        return machines.current.startExecution(request);
      },
    },
  });
  const states = createStateService({ queues, events });
  machines.current = states;
  const resumption: LocalService = {
    name: "resumption",
    async start() {
      events.resume();
      states.resume();
    },
    async stop() {},
  };
  const services = [
    queues,
    events,
    states,
    createBucketService(events),
    resumption,
    createQueueSources(queues),
    createStreamService(queues),
  ];
  return services.map((service) => () => service);
}
