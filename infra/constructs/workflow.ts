import { Duration, Stack, Validations } from "aws-cdk-lib";
import { PolicyStatement } from "aws-cdk-lib/aws-iam";
import { DefinitionBody, LogLevel, StateMachine, StateMachineType } from "aws-cdk-lib/aws-stepfunctions";
import { Construct } from "constructs";
import type { HouseFunction } from "./house-function.ts";
import { houseLogGroup } from "./house-log-group.ts";
import { workflowLogGroupName } from "./names.ts";
import type { Platform } from "./platform.ts";
import { RunbookAlarm } from "./runbook-alarm.ts";

export interface WorkflowProps {
  readonly platform: Platform;
  /** Part of the log group's name. */
  readonly name: string;
  /** ASL (JSONPath) with the ARNs of the steps. */
  readonly definition: object;
  /** The functions that the definition calls; no others may be invoked. */
  readonly steps: readonly HouseFunction[];
  /** What users feel when an execution fails. */
  readonly impact: string;
  /** Section of the runbook. */
  readonly runbook: string;
}

/**
 * A Standard state machine whose states hold ids and positions only: so its history needs no key of the customer. Its
 * log shows every transition, without data.
 */
export class Workflow extends Construct {
  readonly arn: string;

  constructor(scope: Construct, id: string, props: WorkflowProps) {
    super(scope, id);
    const { platform } = props;
    const machine = new StateMachine(this, "StateMachine", {
      stateMachineType: StateMachineType.STANDARD,
      definitionBody: DefinitionBody.fromString(Stack.of(this).toJsonString(props.definition)),
      tracingEnabled: true,
      logs: {
        destination: houseLogGroup(this, "Logs", platform, workflowLogGroupName(platform.customer, props.name)),
        level: LogLevel.ALL,
        includeExecutionData: false,
      },
    });
    this.arn = machine.stateMachineArn;
    machine.addToRolePolicy(
      new PolicyStatement({
        actions: ["lambda:InvokeFunction"],
        resources: props.steps.map((step) => step.lambda.functionArn),
      }),
    );
    Validations.of(machine).acknowledge({
      id: "AwsSolutions-IAM5[Resource::*]",
      reason: "Log delivery and X-Ray know no resources; nothing else may stand on * (tested).",
    });
    new RunbookAlarm(this, "Failed", {
      platform,
      metric: machine.metricFailed({ period: Duration.minutes(5) }),
      threshold: 1,
      impact: props.impact,
      runbook: props.runbook,
    });
  }
}
