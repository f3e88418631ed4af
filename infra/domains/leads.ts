import { Construct } from "constructs";
import { FunctionAlarms } from "../constructs/function-alarms.ts";
import type { TableAccess } from "../constructs/grants.ts";
import { HttpFunction } from "../constructs/http-function.ts";
import type { Platform } from "../constructs/platform.ts";
import { organisationSettings, phoneSetting } from "../constructs/settings.ts";

/** Lists run over owners and teams; duplicates are found by e-mail and phone number. */
const httpAccess: TableAccess = {
  actions: ["GetItem", "BatchGetItem", "Query", "PutItem", "DeleteItem"],
  indexes: ["gsi1", "gsi2", "gsi6", "gsi9"],
};

/** Leads: one function behind its routes. */
export class LeadsDomain extends Construct {
  readonly http: HttpFunction;

  constructor(scope: Construct, platform: Platform) {
    super(scope, "Leads");
    this.http = new HttpFunction(this, "Http", {
      platform,
      entry: "functions/leads/http.ts",
      description: "Leads (API)",
      environment: { ...organisationSettings(platform), ...phoneSetting(platform) },
      access: httpAccess,
    });
    new FunctionAlarms(this, "Alarms", {
      platform,
      functions: [this.http],
      impact: "Leads cannot be read or changed.",
    });
  }
}
