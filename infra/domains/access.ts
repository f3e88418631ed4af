import { keyUsePrefix } from "@shangji/aws/dynamo/service-accounts/key-uses";
import { env } from "@shangji/lambda/env";
import { Construct } from "constructs";
import { FunctionAlarms } from "../constructs/function-alarms.ts";
import { grantPartitions, grantTable, type TableAccess } from "../constructs/grants.ts";
import { HouseFunction } from "../constructs/house-function.ts";
import { HttpFunction } from "../constructs/http-function.ts";
import type { Platform } from "../constructs/platform.ts";
import { budgetSettings, tableSetting } from "../constructs/settings.ts";

/** Who a token's subject or a key's holder is, and whether they are active. */
const authorizerAccess: TableAccess = { actions: ["GetItem"] };

/** The policy, the records that are explained, and the people whom a policy must leave in charge. */
const httpAccess: TableAccess = { actions: ["GetItem", "Query", "PutItem"], indexes: ["gsi1"] };

/** Who may call the API at all, and what each role may do. */
export class AccessDomain extends Construct {
  readonly authorizer: HouseFunction;
  readonly http: HttpFunction;

  constructor(scope: Construct, platform: Platform) {
    super(scope, "Access");
    this.authorizer = new HouseFunction(this, "Authorizer", {
      platform,
      entry: "functions/access/authorizer.ts",
      description: "Tells who calls the API",
      timeoutSeconds: 5,
      environment: {
        ...tableSetting(platform),
        [env.userPoolId]: platform.userPool.id,
        [env.userPoolClientId]: platform.userPool.clientId,
        ...budgetSettings(platform),
      },
    });
    grantTable(this.authorizer, platform, authorizerAccess);
    this.http = new HttpFunction(this, "Http", {
      platform,
      entry: "functions/access/http.ts",
      description: "The access policy and its explanations (API)",
      access: httpAccess,
    });
    // It notes that a key was used; who may do what it can only read.
    grantPartitions(this.authorizer, platform, { actions: ["UpdateItem"], prefixes: [keyUsePrefix] });
    new FunctionAlarms(this, "Alarms", {
      platform,
      functions: [this.authorizer, this.http],
      impact: "Nobody whose answer is not cached can use the API, or the policy of who may do what cannot be changed.",
    });
  }
}
