import { randomUUID } from "node:crypto";
import type { CloudContext } from "../../service.ts";
import { isList, isObject } from "../../template/assembly.ts";
import type { Json, JsonObject } from "../../template/deployment.ts";
import type { EventSink } from "../events/event-sink.ts";
import { type MessageAttribute, md5OfText } from "../sqs/message.ts";
import type { QueueService } from "../sqs/queue-service.ts";
import { StateError } from "./state-error.ts";

export interface TaskPorts {
  readonly ctx: CloudContext;
  /** Role of the state machine, with which its tasks act. */
  readonly roleArn: string;
  readonly queues: Pick<QueueService, "queue">;
  readonly events: EventSink;
}

/** Does what the resource of a Task state says. Throws a `StateError`. */
export async function runTask(resource: string, input: Json, ports: TaskPorts): Promise<Json> {
  const parameters: JsonObject = isObject(input) ? input : {};
  switch (resource) {
    case "arn:aws:states:::lambda:invoke": {
      const payload = await invoke(String(parameters.FunctionName), parameters.Payload ?? {}, ports);
      return {
        ExecutedVersion: "$LATEST",
        Payload: payload,
        SdkHttpMetadata: { HttpStatusCode: 200 },
        SdkResponseMetadata: { RequestId: randomUUID() },
        StatusCode: 200,
      };
    }
    case "arn:aws:states:::events:putEvents":
      return putEvents(parameters, ports);
    case "arn:aws:states:::sqs:sendMessage":
      return sendMessage(parameters, ports);
    default:
      return invoke(resource, input, ports);
  }
}

async function invoke(functionName: string, payload: Json, { ctx, roleArn }: TaskPorts): Promise<Json> {
  const target = ctx.deployment.find(functionName);
  if (target?.type.startsWith("AWS::Lambda::") !== true) {
    throw new StateError("Lambda.ResourceNotFoundException", `Function not found: ${functionName}`);
  }
  await requireGrant(ctx, {
    roleArn,
    action: "lambda:InvokeFunction",
    resource: target.arn,
    error: "Lambda.AWSLambdaException",
  });
  const result = await ctx.invoke(target.arn, payload);
  if (result.functionError !== undefined) {
    throw new StateError(result.functionError.errorType, JSON.stringify(result.functionError));
  }
  // A payload came through JSON.
  return result.payload as Json;
}

async function putEvents(parameters: JsonObject, { ctx, roleArn, events }: TaskPorts): Promise<Json> {
  const entries = (isList(parameters.Entries) ? parameters.Entries : []).filter(isObject);
  for (const { EventBusName: bus } of entries) {
    const busArn = events.busArn(typeof bus === "string" ? bus : undefined);
    await requireGrant(ctx, {
      roleArn,
      action: "events:PutEvents",
      resource: busArn,
      error: "EventBridge.AccessDeniedException",
    });
  }
  // In a state machine a detail may be JSON itself.
  const results = events.put(
    entries.map((entry) => ({
      ...entry,
      Detail: typeof entry.Detail === "string" ? entry.Detail : JSON.stringify(entry.Detail),
    })),
  );
  const failed = results.filter(({ ErrorCode }) => ErrorCode !== undefined);
  if (failed.length > 0) throw new StateError("EventBridge.FailedEntry", JSON.stringify({ Entries: results }));
  return { Entries: results.map(({ EventId = "" }) => ({ EventId })), FailedEntryCount: 0 };
}

async function sendMessage(parameters: JsonObject, { ctx, roleArn, queues }: TaskPorts): Promise<Json> {
  const url = String(parameters.QueueUrl);
  const { region, accountId } = ctx.deployment;
  const arn = `arn:aws:sqs:${region}:${accountId}:${url.split("/").at(-1)}`;
  const queue = queues.queue(arn);
  if (queue === undefined) throw new StateError("Sqs.QueueDoesNotExistException", `The queue ${url} does not exist.`);
  await requireGrant(ctx, { roleArn, action: "sqs:SendMessage", resource: arn, error: "Sqs.SqsException" });
  const { MessageBody } = parameters;
  const body = typeof MessageBody === "string" ? MessageBody : JSON.stringify(MessageBody);
  // The attributes have the protocol's own shape.
  const attributes = (isObject(parameters.MessageAttributes) ? parameters.MessageAttributes : {}) as unknown as Record<
    string,
    MessageAttribute
  >;
  const { DelaySeconds: delaySeconds } = parameters;
  const { id } = queue.send({ body, attributes, ...(typeof delaySeconds === "number" ? { delaySeconds } : {}) });
  return { MessageId: id, MD5OfMessageBody: md5OfText(body) };
}

async function requireGrant(
  ctx: CloudContext,
  call: { readonly roleArn: string; readonly action: string; readonly resource: string; readonly error: string },
): Promise<void> {
  if (await ctx.iam.isAllowed(call.roleArn, call.action, call.resource)) return;
  throw new StateError(
    call.error,
    `${call.roleArn} is not authorized to perform: ${call.action} on resource: ${call.resource}`,
  );
}
