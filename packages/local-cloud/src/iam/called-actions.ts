import { dynamodbCalls } from "./called-dynamodb.ts";
import { s3Calls } from "./called-s3.ts";
import type { KeyPattern } from "./key-classes.ts";

/** One IAM question that an HTTP request to AWS raises. */
export interface CalledAction {
  readonly action: string;
  /** ARN, or `*` for an action without a resource. */
  readonly resource: string;
  /** Condition keys which some policy of the caller's role asks for. */
  readonly context?: Readonly<Record<string, readonly string[]>>;
}

/** A signed request as the SDK sends it. */
export interface AwsRequest {
  /** Service name in the signature's scope: `dynamodb`, `s3`, `events`, `sqs`, `states`, `cognito-idp`, `ses`. */
  readonly service: string;
  readonly region: string;
  readonly accountId: string;
  readonly method: string;
  /** Path and query. */
  readonly path: string;
  /** Host name without port. */
  readonly host: string;
  header(name: string): string | undefined;
  /** Body text; empty for S3, whose actions do not depend on it. */
  readonly body: string;
  /** What of the deployment bears on the answer. */
  readonly facts: RequestFacts;
}

export interface RequestFacts {
  /** Partition key by table name; present only if a policy of the role has a condition on `dynamodb:LeadingKeys`. */
  readonly partitionKeys?: Readonly<Record<string, string>>;
  /** What those policies compare leading keys with; absent if there is more to it. */
  readonly keyPatterns?: readonly KeyPattern[] | undefined;
  /** Mail identities (addresses and domains) that the template declares. */
  readonly mailIdentities: readonly string[];
}

/** Target by target, what a request asks IAM. Throws for a call which the local cloud does not know how to check. */
export function calledActions(request: AwsRequest): CalledAction[] {
  const derive = services[request.service];
  if (derive === undefined) throw new Error(`the local cloud does not serve ${request.service}`);
  return derive(request);
}

/** The part of `x-amz-target` behind the dot. */
export function operationOf(request: AwsRequest): string {
  return request.header("x-amz-target")?.split(".").at(-1) ?? "";
}

/** The JSON body as a record. */
export function jsonBody(request: AwsRequest): Readonly<Record<string, unknown>> {
  const parsed: unknown = JSON.parse(request.body === "" ? "{}" : request.body);
  return isRecord(parsed) ? parsed : {};
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Distinct questions in order: a batch names the same table many times. */
export function distinct(calls: readonly CalledAction[]): CalledAction[] {
  if (calls.length < 2) return [...calls];
  return [...new Map(calls.map((call) => [JSON.stringify(call), call])).values()];
}

const arn = (request: AwsRequest, resource: string): string =>
  `arn:aws:${request.service}:${request.region}:${request.accountId}:${resource}`;

const services: Readonly<Record<string, (request: AwsRequest) => CalledAction[]>> = {
  dynamodb: dynamodbCalls,
  s3: s3Calls,
  events: eventBridgeCalls,
  sqs: sqsCalls,
  states: stepFunctionsCalls,
  "cognito-idp": cognitoCalls,
  ses: mailCalls,
};

function eventBridgeCalls(request: AwsRequest): CalledAction[] {
  const operation = operationOf(request);
  const { Entries: entries } = jsonBody(request);
  if (operation !== "PutEvents") return [{ action: `events:${operation}`, resource: "*" }];
  const buses = (Array.isArray(entries) ? entries : []).map((entry: unknown) =>
    isRecord(entry) && typeof entry.EventBusName === "string" ? entry.EventBusName : "default",
  );
  return distinct(
    buses.map((bus) => ({
      action: "events:PutEvents",
      resource: bus.startsWith("arn:") ? bus : arn(request, `event-bus/${bus}`),
    })),
  );
}

function sqsCalls(request: AwsRequest): CalledAction[] {
  const { QueueUrl: url, QueueName: name } = jsonBody(request);
  const queue = typeof url === "string" ? url.split("/").at(-1) : name;
  // IAM knows no batch actions: a batch needs the grant of the single call.
  const action = `sqs:${operationOf(request).replace(/Batch$/, "")}`;
  return [{ action, resource: action === "sqs:ListQueues" ? "*" : arn(request, String(queue)) }];
}

function stepFunctionsCalls(request: AwsRequest): CalledAction[] {
  const body = jsonBody(request);
  const resource = body.stateMachineArn ?? body.executionArn ?? body.activityArn ?? body.mapRunArn ?? "*";
  return [{ action: `states:${operationOf(request)}`, resource: String(resource) }];
}

function cognitoCalls(request: AwsRequest): CalledAction[] {
  const { UserPoolId: pool } = jsonBody(request);
  const resource = typeof pool === "string" ? arn(request, `userpool/${pool}`) : "*";
  return [{ action: `cognito-idp:${operationOf(request)}`, resource }];
}

function mailCalls(request: AwsRequest): CalledAction[] {
  if (request.path.startsWith("/v2/")) {
    if (request.method !== "POST" || !request.path.startsWith("/v2/email/outbound-emails")) {
      throw new Error(`the local cloud does not know how to check ses ${request.method} ${request.path}`);
    }
    const { FromEmailAddress: from, Content: content } = jsonBody(request);
    const raw = isRecord(content) && content.Raw !== undefined;
    return [
      {
        action: raw ? "ses:SendRawEmail" : "ses:SendEmail",
        resource: identityOf(request, typeof from === "string" ? from : ""),
      },
    ];
  }
  const form = new URLSearchParams(request.body);
  const action = form.get("Action") ?? "";
  if (!action.startsWith("Send")) return [{ action: `ses:${action}`, resource: "*" }];
  const raw = Buffer.from(form.get("RawMessage.Data") ?? "", "base64").toString("utf8");
  const from = form.get("Source") ?? /^from:(.*)$/im.exec(raw)?.[1] ?? "";
  return [{ action: `ses:${action}`, resource: identityOf(request, from) }];
}

/** SES judges by the verified identity that covers the sender: the address if it is one, else its domain. */
function identityOf(request: AwsRequest, from: string): string {
  const address = (/<([^>]+)>\s*$/.exec(from)?.[1] ?? from).trim();
  const identity = request.facts.mailIdentities.includes(address) ? address : (address.split("@").at(-1) ?? address);
  return arn(request, `identity/${identity}`);
}
