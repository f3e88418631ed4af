import { Construct } from "constructs";
import { FunctionAlarms } from "../constructs/function-alarms.ts";
import type { TableAccess } from "../constructs/grants.ts";
import { HttpFunction } from "../constructs/http-function.ts";
import type { Platform } from "../constructs/platform.ts";
import { organisationSettings } from "../constructs/settings.ts";

/** Settings are single items. */
const httpAccess: TableAccess = {
  actions: ["GetItem", "Query", "PutItem"],
};

/** Currency, rates, zone and language: one function behind its routes. */
export class OrganizationDomain extends Construct {
  readonly http: HttpFunction;

  constructor(scope: Construct, platform: Platform) {
    super(scope, "Organization");
    this.http = new HttpFunction(this, "Http", {
      platform,
      entry: "functions/organization/http.ts",
      description: "Currency, rates, zone and language (API)",
      environment: organisationSettings(platform),
      access: httpAccess,
    });
    new FunctionAlarms(this, "Alarms", {
      platform,
      functions: [this.http],
      impact: "The organisation's settings cannot be read, and rates cannot be changed.",
    });
  }
}
