import { idPrefixes } from "@shangji/contracts/kit/entities";
import { Construct } from "constructs";
import { FunctionAlarms } from "../constructs/function-alarms.ts";
import { grantPartitions, type TableAccess } from "../constructs/grants.ts";
import { HttpFunction } from "../constructs/http-function.ts";
import type { Platform } from "../constructs/platform.ts";

/** A note is written with a check of its record; deleting one replaces it by what tells who did it. */
const httpAccess: TableAccess = {
  indexes: ["gsi1"],
  actions: ["GetItem", "Query", "PutItem", "ConditionCheckItem"],
};

/** Notes and timelines: one function behind its routes. */
export class TimelineDomain extends Construct {
  readonly http: HttpFunction;

  constructor(scope: Construct, platform: Platform) {
    super(scope, "Timeline");
    this.http = new HttpFunction(this, "Http", {
      platform,
      entry: "functions/timeline/http.ts",
      description: "Notes and timelines (API)",
      access: httpAccess,
    });
    // How many notes a lead or an account has had.
    const counted = [`${idPrefixes.lead}_`, `${idPrefixes.account}_`];
    grantPartitions(this.http, platform, { actions: ["UpdateItem"], prefixes: counted });
    new FunctionAlarms(this, "Alarms", {
      platform,
      functions: [this.http],
      impact: "Notes and timelines cannot be read or written.",
    });
  }
}
