import { Construct } from "constructs";
import { FunctionAlarms } from "../constructs/function-alarms.ts";
import { grantTotals, type TableAccess } from "../constructs/grants.ts";
import { HttpFunction } from "../constructs/http-function.ts";
import type { Platform } from "../constructs/platform.ts";
import { currencySetting, totalsSetting } from "../constructs/settings.ts";

/** A board lists opportunities by stage and reads the totals of its stages. */
const httpAccess: TableAccess = {
  actions: ["GetItem", "Query", "PutItem"],
  indexes: ["gsi1", "gsi3"],
};

/** Pipelines and their boards: one function behind its routes. */
export class PipelinesDomain extends Construct {
  readonly http: HttpFunction;

  constructor(scope: Construct, platform: Platform) {
    super(scope, "Pipelines");
    this.http = new HttpFunction(this, "Http", {
      platform,
      entry: "functions/pipelines/http.ts",
      description: "Pipelines and their boards (API)",
      environment: { ...currencySetting(platform), ...totalsSetting(platform) },
      access: httpAccess,
    });
    grantTotals(this.http, platform, { deals: true });
    new FunctionAlarms(this, "Alarms", {
      platform,
      functions: [this.http],
      impact: "Pipelines and boards cannot be read, and no pipeline can be changed.",
    });
  }
}
