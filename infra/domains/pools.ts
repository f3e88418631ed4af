import { accountTallyPrefix, tallyPrefix } from "@shangji/aws/dynamo/assignment/partitions";
import { poolClaimsPrefix } from "@shangji/aws/dynamo/pools/partitions";
import { Construct } from "constructs";
import { FunctionAlarms } from "../constructs/function-alarms.ts";
import { grantPartitions, type TableAccess } from "../constructs/grants.ts";
import { HttpFunction } from "../constructs/http-function.ts";
import type { Platform } from "../constructs/platform.ts";
import { zoneSetting } from "../constructs/settings.ts";

/** A move reads all that it depends on at once; what waits in a pool is an index of its own, who shares with the caller another. */
const httpAccess: TableAccess = {
  actions: ["GetItem", "BatchGetItem", "Query", "PutItem"],
  indexes: ["gsi1", "gsi5"],
};

/** Pools: one function behind their routes, which gives leads and accounts to people and takes them back. */
export class PoolsDomain extends Construct {
  readonly http: HttpFunction;

  constructor(scope: Construct, platform: Platform) {
    super(scope, "Pools");
    this.http = new HttpFunction(this, "Http", {
      platform,
      entry: "functions/pools/http.ts",
      description: "Pools of leads and accounts (API)",
      environment: zoneSetting(platform),
      access: httpAccess,
    });
    grantPartitions(this.http, platform, {
      actions: ["UpdateItem"],
      prefixes: [tallyPrefix, accountTallyPrefix, poolClaimsPrefix],
    });
    grantPartitions(this.http, platform, { actions: ["ConditionCheckItem"], prefixes: ["directory#user"] });
    new FunctionAlarms(this, "Alarms", {
      platform,
      functions: [this.http],
      impact: "Leads and accounts of pools cannot be seen, claimed or returned.",
    });
  }
}
