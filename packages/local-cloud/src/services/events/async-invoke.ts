import { randomUUID } from "node:crypto";
import type { FunctionError } from "../../runtime/invoke-result.ts";
import type { CloudContext } from "../../service.ts";
import type { Json, LocalResource } from "../../template/deployment.ts";
import { objectProperty, optionalNumber } from "../../template/read-property.ts";
import { memberOf } from "../sources/mapping.ts";
import { numberAttribute, textAttribute } from "../sqs/message.ts";
import type { QueueService } from "../sqs/queue-service.ts";
import { realDelay } from "../timing/real-delay.ts";

export interface AsyncInvokePorts {
  readonly ctx: CloudContext;
  readonly queues: Pick<QueueService, "send">;
  readonly signal: AbortSignal;
}

/** Pause before Lambda's own retries; AWS waits one minute, then two. */
const PAUSE_MS = 200;

/**
 * Invokes a function as `InvocationType: Event` does: a failing function is retried, by default twice, and then the
 * event goes to the function's on-failure destination or dead-letter queue. A rule's own retry policy and dead-letter
 * queue have no part in that: for EventBridge the event was delivered. Resolves false if the signal was aborted first.
 */
export async function invokeAsync(target: LocalResource, event: Json, ports: AsyncInvokePorts): Promise<boolean> {
  const { ctx, signal } = ports;
  const config = ctx.deployment
    .ofType("AWS::Lambda::EventInvokeConfig")
    .find(({ properties }) => ctx.deployment.find(String(properties.FunctionName)) === target);
  const retries = config === undefined ? 2 : (optionalNumber(config, "MaximumRetryAttempts") ?? 2);
  for (let attempt = 0; ; attempt += 1) {
    const result = await ctx.invoke(target.arn, event);
    if (signal.aborted) return false;
    if (result.functionError === undefined) return true;
    if (attempt === retries) {
      await giveUp({ target, config, event, error: result.functionError, attempts: attempt + 1 }, ports);
      return true;
    }
    await realDelay(PAUSE_MS * (attempt + 1), signal);
    if (signal.aborted) return false;
  }
}

interface Failure {
  readonly target: LocalResource;
  readonly config: LocalResource | undefined;
  readonly event: Json;
  readonly error: FunctionError;
  readonly attempts: number;
}

async function giveUp(failure: Failure, ports: AsyncInvokePorts): Promise<void> {
  const { ctx, queues } = ports;
  const { target, config, event, error, attempts } = failure;
  const requestId = randomUUID();
  const destination = config && memberOf(objectProperty(config, "DestinationConfig"), "OnFailure", "Destination");
  const deadLetters = objectProperty(target, "DeadLetterConfig").TargetArn;
  const what = `${target.physicalId} failed ${attempts} times on an event: ${error.errorType}: ${error.errorMessage}`;
  const { Role: role } = target.properties;
  const send = async (arn: string, message: Parameters<QueueService["send"]>[1]): Promise<void> => {
    const allowed = await ctx.iam.isAllowed(String(role), "sqs:SendMessage", arn);
    if (allowed && queues.send(arn, message)) ctx.log(`${what}; it is in ${arn}`);
    else ctx.log(`${what}; it is lost, since ${allowed ? "there is no queue" : "its role may not send to"} ${arn}`);
  };
  if (typeof destination === "string") {
    const body = JSON.stringify({
      version: "1.0",
      timestamp: new Date(ctx.clock.now()).toISOString(),
      requestContext: {
        requestId,
        functionArn: `${target.arn}:$LATEST`,
        condition: "RetriesExhausted",
        approximateInvokeCount: attempts,
      },
      requestPayload: event,
      responseContext: { statusCode: 200, executedVersion: "$LATEST", functionError: "Unhandled" },
      responsePayload: error,
    });
    await send(destination, { body });
  }
  if (typeof deadLetters === "string") {
    await send(deadLetters, {
      body: JSON.stringify(event),
      attributes: {
        RequestID: textAttribute(requestId),
        ErrorCode: numberAttribute(200),
        ErrorMessage: textAttribute(error.errorMessage.slice(0, 1024)),
      },
    });
  }
  if (destination === undefined && deadLetters === undefined) {
    ctx.log(`${what}; it is lost, as in AWS: the function has no dead-letter queue or on-failure destination`);
  }
}
