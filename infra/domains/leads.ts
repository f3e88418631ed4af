import { assignmentRulesPartition, calendarPartition, tallyPrefix } from "@shangji/aws/dynamo/assignment/partitions";
import { idPrefixes } from "@shangji/contracts/kit/entities";
import { Construct } from "constructs";
import { FunctionAlarms } from "../constructs/function-alarms.ts";
import { grantAccountOwners, grantKey, grantPartitions, type TableAccess } from "../constructs/grants.ts";
import { HouseFunction } from "../constructs/house-function.ts";
import { HttpFunction } from "../constructs/http-function.ts";
import type { JobStarter } from "../constructs/job-starter.ts";
import type { Platform } from "../constructs/platform.ts";
import { organisationSettings, phoneSetting, tableSetting, zoneSetting } from "../constructs/settings.ts";
import { Workflow } from "../constructs/workflow.ts";
import { leadRouting } from "./lead-routing.ts";

/** Lists run over owners and teams; duplicates are found by e-mail and phone number. */
const httpAccess: TableAccess = {
  actions: ["GetItem", "BatchGetItem", "Query", "PutItem", "DeleteItem"],
  indexes: ["gsi1", "gsi2", "gsi6", "gsi9"],
};

const leadPrefix = `${idPrefixes.lead}_`;

/** Leads: one function behind their routes, and the workflow that gives new ones to people. */
export class LeadsDomain extends Construct {
  readonly http: HttpFunction;

  constructor(
    scope: Construct,
    { platform, jobs, score }: { platform: Platform; jobs: JobStarter; score: HouseFunction },
  ) {
    super(scope, "Leads");
    this.http = new HttpFunction(this, "Http", {
      platform,
      entry: "functions/leads/http.ts",
      description: "Leads (API)",
      environment: { ...organisationSettings(platform), ...phoneSetting(platform) },
      access: httpAccess,
    });
    const assign = this.#assign(platform);
    const routing = new Workflow(this, "Routing", {
      platform,
      name: "lead-routing",
      steps: [score, assign],
      definition: leadRouting({ score: score.lambda.functionArn, assign: assign.lambda.functionArn }),
      impact: "A new lead was given to nobody, and nobody knows of it.",
      runbook: "lead-routing-failed",
    });
    jobs.startOn(this, "Created", {
      description: "Routes a new lead that nobody has",
      stateMachineArn: routing.arn,
      // Who was named on purpose keeps the lead.
      when: { detailType: "lead.created.v1", detail: { data: { status: ["new"], ownerId: [{ exists: false }] } } },
      idPath: "$.detail.data.id",
    });
    jobs.startOn(this, "Freed", {
      description: "Routes a lead that was taken from its owner or out of a pool",
      stateMachineArn: routing.arn,
      when: {
        detailType: "lead.status_changed.v1",
        detail: { data: { status: ["new"], ownerId: [{ exists: false }] } },
      },
      idPath: "$.detail.data.id",
    });
    jobs.startOn(this, "Restored", {
      description: "Routes a lead that is back and that nobody has",
      stateMachineArn: routing.arn,
      when: { detailType: "lead.restored.v1", detail: { data: { status: ["new"], ownerId: [{ exists: false }] } } },
      idPath: "$.detail.data.id",
    });
    new FunctionAlarms(this, "Alarms", {
      platform,
      functions: [this.http, assign],
      impact: "Leads cannot be read or changed, or new ones are given to nobody.",
    });
  }

  /** Reads rules, calendar, users, pools and what is kept of them; writes leads and tallies, and nothing else. */
  #assign(platform: Platform): HouseFunction {
    const fn = new HouseFunction(this, "Assign", {
      platform,
      entry: "functions/leads/assign.ts",
      description: "Gives a new lead to whom the assignment rules name",
      timeoutSeconds: 60,
      environment: { ...tableSetting(platform), ...zoneSetting(platform) },
    });
    const users = "directory#user";
    const kept = [leadPrefix, tallyPrefix];
    grantPartitions(fn, platform, { actions: ["GetItem"], prefixes: [assignmentRulesPartition, calendarPartition] });
    grantPartitions(fn, platform, { actions: ["Query"], prefixes: [users, "directory#pool"] });
    grantPartitions(fn, platform, { actions: ["BatchGetItem", "PutItem"], prefixes: kept });
    grantPartitions(fn, platform, { actions: ["ConditionCheckItem"], prefixes: [users, leadPrefix] });
    grantAccountOwners(fn, platform);
    grantKey(fn, platform, "dynamodb");
    return fn;
  }
}
