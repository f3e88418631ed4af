import { join } from "node:path";
import type { CloudContext } from "../../service.ts";
import { isObject } from "../../template/assembly.ts";
import { type JsonObject, type LocalResource, TemplateError } from "../../template/deployment.ts";
import { optionalNumber } from "../../template/read-property.ts";
import { openKeptMap } from "../keeping/kept-map.ts";
import type { StoredMessage } from "./message.ts";
import { Queue, type QueueSettings } from "./queue.ts";

/** Defaults of AWS. */
const DEFAULTS = {
  VisibilityTimeout: 30,
  DelaySeconds: 0,
  ReceiveMessageWaitTimeSeconds: 0,
  MessageRetentionPeriod: 345_600,
  MaximumMessageSize: 1_048_576,
};

/** Makes the queues of a deployment, by ARN, their kept messages included. Throws a `TemplateError` for a FIFO queue. */
export function readQueues({ deployment, clock, dataDir }: CloudContext): ReadonlyMap<string, Queue> {
  const queues = new Map<string, Queue>();
  for (const resource of deployment.ofType("AWS::SQS::Queue")) {
    const file = dataDir === undefined ? undefined : join(dataDir, "sqs", `${resource.physicalId}.jsonl`);
    queues.set(resource.arn, new Queue(queueSettings(resource), openKeptMap<StoredMessage>(file), clock));
  }
  for (const queue of queues.values()) {
    const target = queue.settings.redrive?.deadLetterArn;
    if (target === undefined) continue;
    const deadLetters = queues.get(target);
    if (deadLetters === undefined) {
      throw new TemplateError(
        `the redrive policy of queue ${queue.settings.name} names ${target}, which does not exist`,
      );
    }
    queue.redriveTo(deadLetters);
  }
  return queues;
}

function queueSettings(resource: LocalResource): QueueSettings {
  if (resource.properties.FifoQueue === true) {
    throw new TemplateError(`${resource.logicalId} in ${resource.stack}: the local cloud has no FIFO queues`);
  }
  const setting = (name: keyof typeof DEFAULTS): number => optionalNumber(resource, name) ?? DEFAULTS[name];
  const redrive = redrivePolicy(resource);
  return {
    name: resource.physicalId,
    arn: resource.arn,
    visibilityTimeoutSeconds: setting("VisibilityTimeout"),
    delaySeconds: setting("DelaySeconds"),
    receiveWaitSeconds: setting("ReceiveMessageWaitTimeSeconds"),
    retentionSeconds: setting("MessageRetentionPeriod"),
    maximumMessageBytes: setting("MaximumMessageSize"),
    ...(redrive === undefined ? {} : { redrive }),
  };
}

function redrivePolicy(resource: LocalResource): QueueSettings["redrive"] {
  const given = resource.properties.RedrivePolicy;
  if (given === undefined) return undefined;
  const policy: JsonObject = isObject(given) ? given : {};
  const maxReceiveCount = Number(policy.maxReceiveCount);
  if (typeof policy.deadLetterTargetArn !== "string" || !Number.isInteger(maxReceiveCount)) {
    throw new TemplateError(`RedrivePolicy of ${resource.logicalId} needs deadLetterTargetArn and maxReceiveCount`);
  }
  return { deadLetterArn: policy.deadLetterTargetArn, maxReceiveCount };
}
