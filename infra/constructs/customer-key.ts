import { RemovalPolicy, Stack } from "aws-cdk-lib";
import { PolicyStatement, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { Key } from "aws-cdk-lib/aws-kms";
import type { Construct } from "constructs";
import type { Customer } from "../customer.ts";
import { busName, logGroupName, workflowLogGroupName } from "./names.ts";

/**
 * The one key of a customer: table, files, logs, queues, bus and topic stand under it, so that what the customer has
 * with us can be made unreadable at one stroke. Roles use it through their own policies; the services that act without
 * a role are named here with the resources for which they may.
 */
export function customerKey(scope: Construct, id: string, customer: Customer): Key {
  const key = new Key(scope, id, {
    description: `Shangji: everything of ${customer.customer}`,
    alias: `shangji/${customer.customer}`,
    enableKeyRotation: true,
    removalPolicy: RemovalPolicy.RETAIN,
  });
  for (const statement of [...logs(scope, customer), ...events(scope, customer), ...alarms(scope)]) {
    key.addToResourcePolicy(statement);
  }
  return key;
}

function logs(scope: Construct, customer: Customer): PolicyStatement[] {
  const { region } = Stack.of(scope);
  const groups = [logGroupName(customer, "*"), workflowLogGroupName(customer, "*")];
  return [
    new PolicyStatement({
      sid: "EncryptLogs",
      principals: [new ServicePrincipal(`logs.${region}.amazonaws.com`)],
      actions: [
        "kms:Encrypt",
        "kms:Decrypt",
        "kms:ReEncryptFrom",
        "kms:ReEncryptTo",
        "kms:GenerateDataKey",
        "kms:DescribeKey",
      ],
      resources: ["*"],
      conditions: {
        ArnLike: {
          "kms:EncryptionContext:aws:logs:arn": groups.map((name) => arn(scope, "logs", `log-group:${name}`)),
        },
      },
    }),
  ];
}

function events(scope: Construct, customer: Customer): PolicyStatement[] {
  const principals = [new ServicePrincipal("events.amazonaws.com")];
  const resources = ["*"];
  const bus = arn(scope, "events", `event-bus/${busName(customer)}`);
  const ofBus = { "kms:EncryptionContext:aws:events:event-bus:arn": bus };
  const owner = { "aws:SourceAccount": Stack.of(scope).account };
  const statements = [
    // A look at the key carries no context.
    new PolicyStatement({ sid: "LookAtTheKey", principals, resources, actions: ["kms:DescribeKey"] }),
    new PolicyStatement({
      sid: "EncryptTheBus",
      principals,
      resources,
      actions: ["kms:Decrypt", "kms:GenerateDataKey"],
      conditions: { StringEquals: { ...owner, ...ofBus, "aws:SourceArn": bus } },
    }),
    new PolicyStatement({
      sid: "SendFailedEventsToQueues",
      principals,
      resources,
      actions: ["kms:Decrypt", "kms:GenerateDataKey"],
      conditions: { StringEquals: owner, ArnLike: { "aws:SourceArn": arn(scope, "events", "rule/*") } },
    }),
  ];
  if (customer.features.eventArchiveDays === 0) return statements;
  const archive = new PolicyStatement({
    sid: "EncryptTheArchive",
    principals,
    resources,
    actions: ["kms:Decrypt", "kms:GenerateDataKey", "kms:ReEncryptFrom", "kms:ReEncryptTo"],
    conditions: { StringEquals: ofBus },
  });
  return [...statements, archive];
}

function alarms(scope: Construct): PolicyStatement[] {
  return [
    new PolicyStatement({
      sid: "TellOfAlarms",
      principals: [new ServicePrincipal("cloudwatch.amazonaws.com")],
      actions: ["kms:Decrypt", "kms:GenerateDataKey"],
      resources: ["*"],
      conditions: {
        StringEquals: { "aws:SourceAccount": Stack.of(scope).account },
        ArnLike: { "aws:SourceArn": arn(scope, "cloudwatch", "alarm:*") },
      },
    }),
  ];
}

/** An ARN of the customer's own account and region. */
function arn(scope: Construct, service: string, resource: string): string {
  const { partition, region, account } = Stack.of(scope);
  return `arn:${partition}:${service}:${region}:${account}:${resource}`;
}
