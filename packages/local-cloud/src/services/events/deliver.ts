import type { CloudContext } from "../../service.ts";
import type { Json } from "../../template/deployment.ts";
import { numberAttribute, textAttribute } from "../sqs/message.ts";
import type { QueueService } from "../sqs/queue-service.ts";
import type { ExecutionStarter } from "../states/execution-starter.ts";
import { realDelay } from "../timing/real-delay.ts";
import { ServiceFault } from "../wire/service-fault.ts";
import { invokeAsync } from "./async-invoke.ts";
import type { BusEvent } from "./bus-event.ts";
import { queueAccepts } from "./queue-policy.ts";
import type { Rule, Target } from "./rule.ts";

export interface DeliveryPorts {
  readonly ctx: CloudContext;
  readonly queues: Pick<QueueService, "send">;
  readonly machines: ExecutionStarter;
  /** Puts an event on another bus. */
  readonly forward: (busArn: string, event: BusEvent) => void;
  readonly signal: AbortSignal;
}

/** Why a delivery fails; `retriable` if it could succeed later. */
class DeliveryFailure extends Error {
  override readonly name = "DeliveryFailure";
  readonly code: string;
  readonly retriable: boolean;

  constructor(code: string, message: string, retriable = false) {
    super(message);
    this.code = code;
    this.retriable = retriable;
  }
}

const FIRST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 1_000;

/**
 * Delivers an event to a target, with retries and the target's dead-letter queue. Resolves true once the event is
 * delivered or given up, false if the signal was aborted first.
 */
export async function deliver(rule: Rule, target: Target, event: BusEvent, ports: DeliveryPorts): Promise<boolean> {
  const { ctx, signal } = ports;
  const startedAt = ctx.clock.now();
  for (let retries = 0; ; retries += 1) {
    try {
      const done = await attempt({ rule, target, event }, ports);
      return done && !signal.aborted;
    } catch (error) {
      if (signal.aborted) return false;
      const failure =
        error instanceof DeliveryFailure ? error : new DeliveryFailure("INTERNAL_ERROR", String(error), true);
      const tooOld = ctx.clock.now() - startedAt >= target.maximumAgeSeconds * 1000;
      const exhausted = tooOld
        ? "MaximumEventAgeInSeconds"
        : retries >= target.maximumRetries
          ? "MaximumRetryAttempts"
          : undefined;
      if (!failure.retriable || exhausted !== undefined) {
        giveUp({ rule, target, event, failure, retries, exhausted: failure.retriable ? exhausted : undefined }, ports);
        return true;
      }
    }
    await realDelay(Math.min(FIRST_PAUSE_MS * 2 ** retries, LONGEST_PAUSE_MS), signal);
    if (signal.aborted) return false;
  }
}

interface Delivery {
  readonly rule: Rule;
  readonly target: Target;
  readonly event: BusEvent;
}

async function attempt({ rule, target, event }: Delivery, ports: DeliveryPorts): Promise<boolean> {
  const { ctx, queues, machines } = ports;
  const resource = ctx.deployment.find(target.arn);
  const input = target.input(event);
  const service = target.arn.split(":")[2];
  if (resource === undefined && service !== "events") throw missing(target);
  switch (service) {
    case "lambda": {
      if (resource === undefined) throw missing(target);
      if (!ctx.permit("events.amazonaws.com", target.arn, rule.arn)) {
        throw new DeliveryFailure("NO_PERMISSIONS", `${rule.arn} may not invoke ${target.arn}`);
      }
      const fn =
        resource.type === "AWS::Lambda::Function"
          ? resource
          : ctx.deployment.find(target.arn.replace(/(:function:[^:]+):.*$/, "$1"));
      return invokeAsync(fn ?? resource, input, ports);
    }
    case "sqs":
      if (!queueAccepts(ctx.deployment, target.arn, "events.amazonaws.com", rule.arn)) {
        throw new DeliveryFailure("NO_PERMISSIONS", `the policy of ${target.arn} does not let ${rule.arn} send`);
      }
      queues.send(target.arn, { body: asText(input) });
      return true;
    case "states":
      await requireGrant(target, "states:StartExecution", ctx);
      startExecution(machines, target, { name: `${event.id}_${rule.name}`.slice(0, 80), input: asText(input) });
      return true;
    case "events":
      await requireGrant(target, "events:PutEvents", ctx);
      ports.forward(target.arn, event);
      return true;
    default:
      throw new DeliveryFailure("UNSUPPORTED", `the local cloud does not deliver to ${target.arn}`);
  }
}

function startExecution(machines: ExecutionStarter, target: Target, request: { name: string; input: string }): void {
  try {
    machines.startExecution({ stateMachineArn: target.arn, ...request });
  } catch (error) {
    // Delivered before a crash, and now again.
    if (error instanceof ServiceFault && error.code === "ExecutionAlreadyExists") return;
    throw error instanceof ServiceFault ? new DeliveryFailure("SDK_CLIENT_ERROR", error.message) : error;
  }
}

async function requireGrant(target: Target, action: string, ctx: CloudContext): Promise<void> {
  const { roleArn } = target;
  if (roleArn !== undefined && (await ctx.iam.isAllowed(roleArn, action, target.arn))) return;
  throw new DeliveryFailure(
    "NO_PERMISSIONS",
    `${roleArn ?? "a target without a role"} may not ${action} ${target.arn}`,
  );
}

interface GivenUp extends Delivery {
  readonly failure: DeliveryFailure;
  readonly retries: number;
  readonly exhausted: string | undefined;
}

/** The dead-letter queue gets the event as it was matched, with attributes that say what went wrong. */
function giveUp({ rule, target, event, failure, retries, exhausted }: GivenUp, { ctx, queues }: DeliveryPorts): void {
  const what = `rule ${rule.name} cannot deliver to ${target.arn}: ${failure.code}: ${failure.message}`;
  const { deadLetterArn } = target;
  if (deadLetterArn === undefined) {
    ctx.log(`${what}; the event is lost, as in AWS: the target has no dead-letter queue`);
    return;
  }
  const accepted = queueAccepts(ctx.deployment, deadLetterArn, "events.amazonaws.com", rule.arn);
  const sent =
    accepted &&
    queues.send(deadLetterArn, {
      body: JSON.stringify(event),
      attributes: {
        RULE_ARN: textAttribute(rule.arn),
        TARGET_ARN: textAttribute(target.arn),
        ERROR_CODE: textAttribute(failure.code),
        ERROR_MESSAGE: textAttribute(failure.message),
        ...(exhausted === undefined ? {} : { EXHAUSTED_RETRY_CONDITION: textAttribute(exhausted) }),
        RETRY_ATTEMPTS: numberAttribute(retries),
      },
    });
  ctx.log(
    sent
      ? `${what}; the event is in ${deadLetterArn}`
      : `${what}; the event is lost: ${deadLetterArn} does not take it`,
  );
}

function missing(target: Target): DeliveryFailure {
  return new DeliveryFailure("NO_RESOURCE", `${target.arn} does not exist`);
}

function asText(input: Json): string {
  return typeof input === "string" ? input : JSON.stringify(input);
}
